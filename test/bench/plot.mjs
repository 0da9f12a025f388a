#!/usr/bin/env node
// Draws docs/images/benchmarks.svg from what `npm run -s bench -- --json` printed: node test/bench/plot.mjs RESULT.json
// One panel a work load, one bar a contender, its length the logarithm of its best samples a second.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const colours = {
  ours: '#4f46e5',
  numpy: '#0f766e',
  torch: '#c2410c',
  tfjs: '#a16207',
  convnet: '#64748b',
  brain: '#64748b',
  synaptic: '#64748b',
}
const width = 860
const labelWidth = 200
const rowHeight = 17
const panelGap = 34

/** @param {number} value */
const short = (value) =>
  value >= 1e6
    ? `${(value / 1e6).toFixed(2)} M`
    : value >= 1e3
      ? `${(value / 1e3).toFixed(1)} k`
      : value.toFixed(0)

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/**
 * @param {Record<string, any>} workload
 * @returns {{ group: keyof typeof colours, name: string, best: number }[]}
 */
function barsOf(workload) {
  const bars = []
  for (const group of /** @type {(keyof typeof colours)[]} */ (Object.keys(colours))) {
    const found = workload[group]
    if (found === undefined) continue
    if (typeof found.best === 'number') bars.push({ group, name: group, best: found.best })
    else {
      for (const [variant, { best }] of Object.entries(found)) {
        bars.push({
          group,
          name: group === 'ours' ? `Descent ${variant.replace(' utility', '')}` : `${group} ${variant}`,
          best,
        })
      }
    }
  }
  return bars.sort((a, b) => b.best - a.best)
}

const result = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const parts = []
let y = 20
for (const [id, workload] of Object.entries(result.workloads)) {
  const bars = barsOf(workload)
  const [low, high] = [Math.floor(Math.log10(bars[bars.length - 1].best)), Math.log10(bars[0].best)]
  const room = width - labelWidth - 90
  parts.push(
    `<text x="10" y="${y}" font-weight="600" font-size="13">${id}  ${escaped(workload.title)}</text>`,
  )
  y += 10
  for (const { group, name, best } of bars) {
    const length = Math.max(2, ((Math.log10(best) - low) / (high - low)) * room)
    parts.push(
      `<text x="${labelWidth - 6}" y="${y + 12}" text-anchor="end">${escaped(name)}</text>`,
      `<rect x="${labelWidth}" y="${y + 2}" width="${length.toFixed(1)}" height="${rowHeight - 5}" fill="${colours[group]}" rx="2"/>`,
      `<text x="${(labelWidth + length + 6).toFixed(1)}" y="${y + 12}">${short(best)}</text>`,
    )
    y += rowHeight
  }
  y += panelGap
}
const svg = `<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="12" fill="#1e293b" viewBox="0 0 ${width} ${y - panelGap + 16}" role="img" aria-label="Samples a second of Descent and its peers, five work loads, logarithmic">
<rect width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`
writeFileSync(fileURLToPath(new URL('../../docs/images/benchmarks.svg', import.meta.url)), svg)
