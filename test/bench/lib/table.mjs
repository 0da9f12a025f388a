// The report a person reads.
import { best, largestDifference, median } from './statistics.mjs'
import { isWhereUsersTrain, titleOf } from './result.mjs'

const prefixes = [
  [1e9, ' G'],
  [1e6, ' M'],
  [1e3, ' k'],
]

/** @param {number | null | undefined} value @returns {string} Three digits: "1.23 M", "456 k", "78.9"; "-" of nothing. */
export function short(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '-'
  // 999.6 k is 1.00 M.
  const [divisor, unit] = prefixes.find(([size]) => value >= 0.9995 * Number(size)) ?? [1, '']
  const scaled = value / Number(divisor)
  const decimals = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2
  return `${scaled.toFixed(decimals)}${unit}`
}

/** @param {number | null} value @returns {string} "12.3x" */
export const times = (value) => (value === null ? '-' : `${short(value)}x`)

/**
 * Columns as wide as their widest cell, the first to the left and the others to the right.
 * @param {readonly (readonly string[])[]} rows
 * @returns {string}
 */
export function alignColumns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/**
 * @param {{ id: string, title: string }} workload
 * @param {readonly import('./result.mjs').Entry[]} entries
 * @param {ReturnType<typeof import('./result.mjs').workloadResult>} result
 * @returns {string}
 */
export function workloadTable({ id, title }, entries, { ratios, notes }) {
  const measured = entries.filter(({ speeds }) => speeds.length > 0)
  const ours = measured.filter(({ group }) => group === 'ours')
  const inPlace = ours.filter(isWhereUsersTrain)
  const ourBest = inPlace.length === 0 ? NaN : Math.max(...inPlace.map(({ speeds }) => best(speeds)))
  const expected = ours[0]?.losses ?? []
  const rows = measured.map((entry) => {
    const { group, speeds, losses } = entry
    const difference = group === 'ours' && entry === ours[0] ? null : largestDifference(losses, expected)
    return [
      titleOf(entry),
      short(best(speeds)),
      short(median(speeds)),
      losses.at(-1)?.toPrecision(6) ?? '-',
      difference === null ? '-' : difference.toExponential(1),
      group === 'ours' ? '' : times(inPlace.length === 0 ? null : ourBest / best(speeds)),
    ]
  })
  const header = ['samples/s', 'best', 'median', 'loss', 'differs by', 'ours is']
  const known = Object.entries(ratios).filter(([, value]) => value !== null)
  return [
    `${id}  ${title}`,
    alignColumns([header, ...rows]),
    ...(known.length === 0
      ? []
      : [`ours against: ${known.map(([name, value]) => `${name} ${times(value)}`).join(', ')}`]),
    ...notes.map((note) => `  ${note}`),
  ].join('\n')
}

/**
 * @param {string} title
 * @param {readonly string[]} header
 * @param {readonly (readonly string[])[]} rows
 * @param {readonly string[]} notes
 * @returns {string}
 */
export const simpleTable = (title, header, rows, notes) =>
  [title, alignColumns([header, ...rows]), ...notes.map((note) => `  ${note}`)].join('\n')
