// What the import dialog shows of IDX files before anything is stored.

import { IDX_FILE_KEYS } from '../../../engine/data/idx-images'
import { inOrder } from '../../../engine/data/idx-recognize'
import type { ImageSetPreview } from '../../../engine/data/idx-set'
import { readImageSet, type ReadControl } from './read-image-set'
import { nameOfSet } from './set-name'

/** Reads the files as a whole, as the import does. @throws as readImageSet */
export async function previewImages(
  paths: readonly string[],
  control: Pick<ReadControl, 'signal' | 'onProgress'> = {},
): Promise<ImageSetPreview> {
  const { recognized, ...set } = await readImageSet(paths, control)
  return {
    ...set,
    name: nameOfSet(recognized.training.images.path),
    files: inOrder(recognized).map(({ fileName, bytes, dimensions }, index) => ({
      fileName,
      bytes,
      part: IDX_FILE_KEYS[index],
      dimensions,
    })),
  }
}
