// The numbers of an imported table, for the columns that a spec asks for.

import { createHash } from 'node:crypto'
import { csvColumns, csvShape } from '../../../engine/data/csv-shape'
import type { ParametersOf } from '../../../engine/data/parameters'
import { assertFits, inputWidth, targetWidth } from '../../../engine/data/shape'
import type { ColumnSummary, TableInfo } from '../../../engine/data/table'
import type { Dataset } from '../../../engine/data/types'
import { DescentError } from '../../../engine/errors'
import { readNumber } from './cell'
import type { DecimalMark } from './cell'
import { readStart } from './resolve-options'
import { scanCsv } from './scan-csv'
import { isSeparatorLine } from './table-reader'
import { markLengthOf } from './text-inspector'

/** Writes what one cell stands for into a row of numbers. */
type WriteCell = (cell: string, row: Float64Array, line: number) => void

/**
 * Rows in which a used cell is empty are left out and counted in `droppedRows`.
 *
 * @param path the stored file
 * @throws DescentError('bad-spec') as csvColumns does, ('bad-data') when no complete row is left or the stored
 *   file is not the one that was imported, ('missing-file') when it is gone, ('canceled') on `signal`
 */
export async function loadCsv(
  path: string,
  info: TableInfo,
  parameters: ParametersOf<'csv'>,
  signal?: AbortSignal,
): Promise<Dataset> {
  const shape = csvShape(info, parameters)
  assertFits(info.rows, shape, `"${info.name}"`)
  const { features, targets, classes } = csvColumns(info, parameters)
  const { decimal, hasHeader, delimiter, encoding } = info.options
  const columns = info.columns.length

  let next = 0
  const writeInputs = features.map((index) => {
    const column = info.columns[index]
    const place = next
    next += column.type === 'number' ? 1 : column.categories.length
    return column.type === 'number' ? numberWriter(column, place, decimal) : oneHotWriter(column, place)
  })
  const writeTargets = targets.map((index, place) => {
    const column = info.columns[index]
    return parameters.task === 'regression'
      ? numberWriter(column, place, decimal)
      : classWriter(column, classes, decimal)
  })

  const [width, targetColumns] = [inputWidth(shape), targetWidth(shape)]
  const inputs = new Float64Array(info.rows * width)
  const targetValues = new Float64Array(info.rows * targetColumns)
  const used = [...features, ...targets]
  const hash = createHash('sha256')
  const { start } = await readStart(path, info.fileName, `Import ${info.fileName} again.`)
  let isBeforeHeader = hasHeader
  let seen = 0
  let count = 0
  await scanCsv({
    path,
    fileName: info.fileName,
    // The import has looked at every byte and found the encoding.
    text: { encoding, markLength: markLengthOf(start) },
    delimiter,
    signal,
    onBytes: (chunk) => hash.update(chunk),
    onRow: (cells, line) => {
      if (isSeparatorLine(cells, line)) return
      if (isBeforeHeader) {
        isBeforeHeader = false
        return
      }
      // Counted out and told to the person when it was imported.
      if (cells.length !== columns) return
      if (seen++ === info.rows) throw changed(path, info)
      if (used.some((index) => cells[index] === '')) return
      const row = inputs.subarray(count * width, (count + 1) * width)
      features.forEach((index, i) => writeInputs[i](cells[index], row, line))
      const target = targetValues.subarray(count * targetColumns, (count + 1) * targetColumns)
      targets.forEach((index, i) => writeTargets[i](cells[index], target, line))
      count++
    },
  })
  if (hash.digest('hex') !== info.hash) throw changed(path, info)
  if (count === 0) {
    const message = `"${info.name}": each of its ${info.rows} rows has an empty cell in a column that is used.`
    throw new DescentError('bad-data', message, 'Choose columns with fewer empty cells.')
  }
  return {
    shape,
    count,
    inputs: count === info.rows ? inputs : inputs.slice(0, count * width),
    targets: count === info.rows ? targetValues : targetValues.slice(0, count * targetColumns),
    testFrom: count,
    droppedRows: info.rows - count,
    // How a file is read is part of what its numbers are.
    hash: createHash('sha256')
      .update(JSON.stringify([info.hash, delimiter, decimal, hasHeader, encoding, info.options.skipBadRows]))
      .digest('hex'),
  }
}

function numberWriter(column: ColumnSummary, place: number, decimal: DecimalMark): WriteCell {
  return (cell, row, line) => {
    const value = readNumber(cell, decimal)
    if (Number.isNaN(value)) throw unexpected(column, cell, line)
    row[place] = value
  }
}

function oneHotWriter(column: ColumnSummary, place: number): WriteCell {
  const indices = new Map(column.categories.map((category, index) => [category, index]))
  return (cell, row, line) => {
    const index = indices.get(cell)
    if (index === undefined) throw unexpected(column, cell, line)
    row[place + index] = 1
  }
}

function classWriter(column: ColumnSummary, classes: readonly string[], decimal: DecimalMark): WriteCell {
  const indices = new Map(classes.map((name, index) => [name, index]))
  // Classes of a number column are named by their value: 1, 1.0 and 01 are one class.
  const nameOf =
    column.type === 'number'
      ? (cell: string) => String(readNumber(cell, decimal) + 0)
      : (cell: string) => cell
  return (cell, row, line) => {
    const index = indices.get(nameOf(cell))
    if (index === undefined) throw unexpected(column, cell, line)
    row[0] = index
  }
}

function unexpected(column: ColumnSummary, cell: string, line: number): DescentError {
  const message = `Line ${line}, column "${column.name}": "${cell.slice(0, 80)}" was not there at the import.`
  return new DescentError(
    'bad-data',
    message,
    'The stored file was changed; remove the data set and import it again.',
  )
}

function changed(path: string, info: TableInfo): DescentError {
  const message = `The stored file of "${info.name}" is not the one that was imported: ${path}.`
  return new DescentError('bad-data', message, 'Remove the data set and import the CSV file again.')
}
