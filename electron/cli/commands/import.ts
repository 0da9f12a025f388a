// descent import: a CSV file, or IDX files of images and labels, become a data set that specs can name by its hash.

import type { ImageSetInfo } from '../../../engine/data/idx-set'
import type { CsvOptions, TableInfo } from '../../../engine/data/table'
import { DEFAULT_CSV_OPTIONS } from '../../../engine/data/table'
import { DescentError } from '../../../engine/errors'
import { isIdxFile, openDatasetStore, type ImportControl } from '../../data'
import { datasetFolderOf } from '../../paths'
import { onInterruption } from '../interruption'
import { jsonText } from '../json'
import { count } from '../numbers'
import { databasePath, type DatabaseOption } from '../open-log'
import { say } from '../terminal'
import { textTable } from '../text-table'

export interface ImportOptions extends DatabaseOption {
  name?: string
  delimiter?: CsvOptions['delimiter']
  decimal?: CsvOptions['decimal']
  skipBadRows?: boolean
  json?: boolean
}

export async function importFiles(files: readonly string[], options: ImportOptions): Promise<void> {
  const store = openDatasetStore(datasetFolderOf(databasePath(options)))
  const canceling = new AbortController()
  const release = onInterruption(() => canceling.abort())
  const { name, delimiter = null, decimal = null, skipBadRows = false } = options
  const control: ImportControl = { name, signal: canceling.signal }
  try {
    if (await areImages(files)) {
      refuseCsvOptions(options)
      const images = await store.importImages(files, control)
      if (options.json) say(jsonText(images))
      else tellImages(images)
    } else {
      const csvOptions = { ...DEFAULT_CSV_OPTIONS, delimiter, decimal, skipBadRows }
      const table = await store.import(files[0], csvOptions, control)
      if (options.json) say(jsonText(table))
      else tellTable(table)
    }
  } finally {
    release()
  }
}

/**
 * By content, not by name. @throws DescentError('bad-input') for some of both, and for several files that are no
 * images
 */
async function areImages(files: readonly string[]): Promise<boolean> {
  const others: string[] = []
  for (const file of files) if (!(await isIdxFile(file))) others.push(file)
  if (others.length === 0) return true
  if (files.length === 1) return false
  const message =
    others.length === files.length
      ? `${files.length} files, none of them in IDX format; needs one CSV file, or IDX files of images and labels.`
      : `${others.join(' and ')}: not in IDX format; needs images and labels in IDX format, gzipped or not.`
  throw new DescentError('bad-input', message, 'Give images and their labels together; CSV files one by one.')
}

function refuseCsvOptions({ delimiter, decimal, skipBadRows }: ImportOptions): void {
  const given = [
    ...(delimiter === undefined ? [] : ['--delimiter']),
    ...(decimal === undefined ? [] : ['--decimal']),
    ...(skipBadRows === true ? ['--skip-bad-rows'] : []),
  ]
  if (given.length === 0) return
  const message = `${given.join(', ')}: for CSV files; these are IDX files.`
  throw new DescentError('bad-input', message, 'Leave it out.')
}

const numeric = (title: string) => ({ title, isNumber: true })

function tellTable(table: TableInfo): void {
  say(`"${table.name}": ${count(table.rows)} rows, ${table.columns.length} columns`)
  say(`hash ${table.hash}`)
  const rows = table.columns.map((column) => [
    column.name,
    column.type,
    String(column.missing),
    String(column.bad),
  ])
  textTable([{ title: 'column' }, { title: 'type' }, numeric('missing'), numeric('bad')], rows).forEach(say)
}

function tellImages(images: ImageSetInfo): void {
  const { height, width, channels, trainingImages, testImages, classCounts } = images
  const size = channels === 1 ? `${height} x ${width}` : `${height} x ${width} x ${channels}`
  const test = testImages === 0 ? '' : ` and ${count(testImages)} test`
  say(`"${images.name}": ${count(trainingImages)} training${test} images of ${size}`)
  say(`hash ${images.hash}`)
  const rows = classCounts.training.map((training, label) => [
    String(label),
    count(training),
    count(classCounts.test[label]),
  ])
  textTable([numeric('class'), numeric('training'), numeric('test')], rows).forEach(say)
}
