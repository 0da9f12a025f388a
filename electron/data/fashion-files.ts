// The Fashion-MNIST files of the Debian package, gzipped as it installs them or unpacked.

import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { IDX_FILE_KEYS, IDX_FILES, type IdxFileKey } from '../../engine/data/idx-images'
import { DescentError } from '../../engine/errors'
import { readFourInPlace, readFourUnpacked, type FourFiles } from './idx/four-files'

const FOLDER = '/usr/share/datasets/fashion-mnist'
const PACKED = '.gz'
const REMEDY =
  'On Debian and Ubuntu: `sudo apt install dataset-fashion-mnist`. Elsewhere: get the four files and import them ' +
  'with "Import images" or `descent import`.'

/**
 * What the four files hold, and the hash of their unpacked bytes.
 *
 * @param folder where they lie; null: where the Debian package puts them
 * @throws DescentError('missing-file') naming the folder, what is missing and the two remedies
 */
export async function readFashionFiles(folder: string | null): Promise<FourFiles> {
  const place = folder ?? FOLDER
  const paths = await Promise.all(IDX_FILE_KEYS.map((key) => firstPresent(candidatesOf(place, key))))
  const missing = IDX_FILE_KEYS.filter((_, index) => paths[index] === null).map((key) => IDX_FILES[key])
  if (missing.length > 0) {
    const message =
      missing.length === IDX_FILE_KEYS.length
        ? `There are no Fashion-MNIST files in ${place}.`
        : `Fashion-MNIST is not complete in ${place}: there is no ${missing.join(', no ')}, with .gz or without.`
    throw new DescentError('missing-file', message, REMEDY)
  }
  const present = paths.filter((path) => path !== null)
  return present.some((path) => path.endsWith(PACKED))
    ? readFourUnpacked(present, REMEDY)
    : readFourInPlace(present, REMEDY)
}

/** Everywhere they may be read from. */
export function fashionPaths(folder: string | null): string[] {
  return IDX_FILE_KEYS.flatMap((key) => candidatesOf(folder ?? FOLDER, key))
}

function candidatesOf(place: string, key: IdxFileKey): string[] {
  const path = join(place, IDX_FILES[key])
  return [path, `${path}${PACKED}`]
}

async function firstPresent(candidates: readonly string[]): Promise<string | null> {
  for (const candidate of candidates) {
    const isThere = await access(candidate).then(
      () => true,
      () => false,
    )
    if (isThere) return candidate
  }
  return null
}
