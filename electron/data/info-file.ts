// The description of an imported data set on the disk: `<hash>.json` beside `<hash>.csv` or `<hash>.idx`.

import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ImportedInfo } from '../../engine/data/imported'
import { DescentError } from '../../engine/errors'
import { readError, systemCode, writeError } from './file-errors'

/** Files that an import has not finished begin with this. */
export const TEMPORARY_PREFIX = '.importing-'

const HASH = /^[0-9a-f]{64}$/

const columnSchema = z.object({
  name: z.string(),
  originalName: z.string().nullable(),
  type: z.enum(['number', 'category', 'date', 'empty']),
  missing: z.int().min(0),
  bad: z.int().min(0),
  badExamples: z.array(z.object({ line: z.int(), value: z.string() })),
  distinct: z.int().min(0),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  mean: z.number().nullable(),
  categories: z.array(z.string()),
})

const tableSchema = z.object({
  kind: z.literal('table'),
  hash: z.string().regex(HASH),
  name: z.string().min(1),
  fileName: z.string(),
  bytes: z.int().min(0),
  importedAt: z.number(),
  rows: z.int().min(1),
  rejectedRows: z.int().min(0),
  options: z.object({
    delimiter: z.enum([',', ';', '\t', '|']),
    decimal: z.enum(['.', ',']),
    hasHeader: z.boolean(),
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
    skipBadRows: z.boolean(),
  }),
  columns: z.array(columnSchema).min(1),
})

const counts = z.array(z.int().min(0)).min(2).max(256)
const imagesSchema = z.object({
  kind: z.literal('images'),
  hash: z.string().regex(HASH),
  name: z.string().min(1),
  fileNames: z.array(z.string()).min(2).max(4),
  bytes: z.int().min(0),
  importedAt: z.number(),
  height: z.int().min(1),
  width: z.int().min(1),
  channels: z.int().min(1),
  trainingImages: z.int().min(1),
  testImages: z.int().min(0),
  classCounts: z.object({ training: counts, test: counts }),
})

const infoSchema = z.preprocess(
  // Tables were all there was before descriptions said what they describe.
  (value) =>
    typeof value === 'object' && value !== null && !('kind' in value) ? { kind: 'table', ...value } : value,
  z.discriminatedUnion('kind', [tableSchema, imagesSchema]),
)

/** @throws DescentError('bad-input') for anything but 64 hexadecimal digits, which become part of a path */
export function assertHash(hash: string): void {
  if (HASH.test(hash)) return
  const message = `"${hash.slice(0, 80)}" is no data set; needs 64 lower-case hexadecimal digits.`
  throw new DescentError('bad-input', message, 'Choose one of the imported data sets.')
}

/**
 * The description of what was imported; null where there is none.
 *
 * @throws DescentError('bad-data') when it is damaged
 */
export async function readInfo(folder: string, hash: string): Promise<ImportedInfo | null> {
  assertHash(hash)
  const path = join(folder, `${hash}.json`)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return null
    throw readError(thrown, path, 'Import it again.')
  }
  const parsed = infoSchema.safeParse(parseJson(text))
  if (parsed.success && parsed.data.hash === hash) return parsed.data
  const reason = parsed.success
    ? `hash: found ${parsed.data.hash}`
    : z.prettifyError(parsed.error).split('\n')[0]
  const message = `The description of an imported data set is damaged: ${path} (${reason}).`
  throw new DescentError('bad-data', message, 'Remove this file and import the data set again.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Written beside its place and renamed, so that it is there as a whole or not at all. */
export async function writeInfo(folder: string, info: ImportedInfo): Promise<void> {
  const temporary = join(folder, `${TEMPORARY_PREFIX}${randomUUID()}.json`)
  try {
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(JSON.stringify(info, null, 1))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, join(folder, `${info.hash}.json`))
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw writeError(thrown, folder)
  }
}
