// The findings as one table: a line for each contender, milliseconds, median and best.

/** @param {number} value */
const figure = (value) =>
  value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : String(Math.round(value))

/**
 * @param {Record<string, unknown>} machine
 * @param {boolean} isQuick
 * @param {{ what: string, who: string, figures: Record<string, { median: number, best: number }>, goal?: number }[]} rows `goal`: what it may take at most.
 */
export function tableOf(machine, isQuick, rows) {
  const head = `${machine.cpu}, ${machine.cores} cores, load ${machine.loadBefore}; Electron ${machine.electron ?? '?'}, canvas ${machine.canvas ?? '?'}${isQuick ? '; quick, not to compare by' : ''}`
  const whats = Math.max(...rows.map(({ what }) => what.length))
  const lines = rows.map(({ what, who, figures, goal }) => {
    const parts = Object.entries(figures).map(
      ([name, { median, best }]) =>
        `${name} ${figure(median)}${median === best ? '' : ` (best ${figure(best)})`}`,
    )
    if (goal !== undefined) parts.push(`goal ${goal}`)
    return `${what.padEnd(whats)}  ${who.padEnd(8)}  ${parts.join('   ')}`
  })
  return [head, 'Milliseconds: median (best).', '', ...lines].join('\n')
}
