import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seenPieces, textOf, type SeenRequest } from '../../../../electron/export'
import { tokenColors } from '../../../../engine/comparison/svg/paint'
import type { RunLog } from '../../../../electron/run-log/types'
import { DEFAULT_COMPARISON, type Comparison } from '../../../../engine/comparison/schema'
import { comparedRuns } from '../../../integration/support/compared-runs'
import { openTemporaryLog, startRun } from '../../../integration/support/open-log'
import { pythonWith } from '../../../integration/support/python'
import { exampleBatch, exampleChunk } from '../../../integration/support/run-samples'

const STAMP = { at: Date.UTC(2026, 0, 2), version: '1.2.3' }
const LOSS: Comparison['charts'] = [{ metric: 'batch/loss', yKind: 'log', yRange: null }]
const HOSTILE = `<script>alert("1")</script> & 'quotes' ]]> \u0007 \ud800 模型`

function textFor(log: RunLog, format: SeenRequest['format'], change: Partial<Comparison> = {}): string {
  const request: SeenRequest = {
    format,
    runIds: log.listRuns().map(({ id }) => id),
    hiddenRunIds: [],
    comparison: { ...DEFAULT_COMPARISON, charts: LOSS, ...change },
    chart: 0,
    theme: 'light',
    width: 1100,
    height: 520,
  }
  return textOf(seenPieces(log, request, STAMP)).text
}

const python = pythonWith('xml.etree.ElementTree')
/** Parsed by an XML parser that forgives nothing: names of all elements. */
function elementsOf(svg: string): string[] {
  const script =
    'import sys, json, xml.etree.ElementTree as tree\n' +
    'root = tree.fromstring(sys.stdin.buffer.read())\n' +
    'print(json.dumps([each.tag.split("}")[1] for each in root.iter()]))'
  return JSON.parse(
    execFileSync(python as string, ['-c', script], { input: svg, encoding: 'utf8' }),
  ) as string[]
}

/** Vertical extent of the curves of one colour, in pixels. */
function pathsOf(svg: string): string[] {
  return [...svg.matchAll(/<path d="([^"]*)" stroke="[^"]*" stroke-width="(?:1\.5|2\.25|1\.2)"/g)].map(
    ([, d]) => d,
  )
}

describe('a chart as SVG', () => {
  it('of 20 runs with 10,000 points each stays under 500 kB, raw values and all', () => {
    const log = openTemporaryLog()
    for (let run = 0; run < 20; run++) {
      const id = startRun(log, `run ${run}`)
      log.appendBatch(id, exampleBatch(0, 10_000, { chunk: exampleChunk(run, 10_000, 1) }))
    }
    const svg = textFor(log, 'svg', { grouping: { kind: 'none' } })
    expect(Buffer.byteLength(svg)).toBeLessThan(500_000)
    expect(Buffer.byteLength(svg)).toBeGreaterThan(50_000)
    expect(pathsOf(svg)).toHaveLength(20)
  }, 60_000)

  it.skipIf(python === undefined)('is well-formed whatever its runs are called', () => {
    const log = openTemporaryLog()
    comparedRuns(log)
    for (const { id } of log.listRuns()) log.rename(id, HOSTILE)
    for (const kind of ['none', 'seeds'] as const) {
      const svg = textFor(log, 'svg', { grouping: { kind } })
      const elements = elementsOf(svg)
      expect(elements.slice(0, 3)).toEqual(['svg', 'title', 'desc'])
      expect(elements).not.toContain('script')
      expect(svg).toContain('模型')
    }
  })

  it('says in words what is seen, and refers to nothing outside of itself', () => {
    const log = openTemporaryLog()
    comparedRuns(log)
    const svg = textFor(log, 'svg')
    expect(svg).toMatch(
      /<desc id="[^"]*">batch\/loss over step, EMA 0.60; mean and 95 % t interval over 4 seeds/,
    )
    expect(svg).toContain('lr 0.01: 4 runs to step 10, 3 to the end')
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href|@import|<style|<script/)
    for (const [, url] of svg.matchAll(/url\(([^)]*)\)/g)) expect(url).toMatch(/^#/)
  })

  it('keeps a spike of one step out of 10,000 at its height', () => {
    const log = openTemporaryLog()
    const id = startRun(log)
    const chunk = exampleChunk(0, 10_000)
    chunk.columns['batch/loss'].fill(1)
    chunk.columns['batch/loss'][5003] = 9
    chunk.columns['batch/loss.min'].fill(1)
    chunk.columns['batch/loss.max'].fill(1)
    log.appendBatch(id, exampleBatch(0, 10_000, { chunk }))
    const charts: Comparison['charts'] = [{ metric: 'batch/loss', yKind: 'linear', yRange: [0, 10] }]
    const svg = textFor(log, 'svg', { charts, grouping: { kind: 'none' }, smoothing: { kind: 'none' } })
    const [path] = pathsOf(svg)
    const clip = /<rect x="[^"]*" y="([^"]*)" width="[^"]*" height="([^"]*)"\/><\/clipPath>/.exec(svg)!
    const height = Number(clip[2])
    const rises = [...path.matchAll(/[vl]?(-\d+(?:\.\d+)?)/g)].map(([, text]) => -Number(text))
    expect(Math.max(...rises)).toBeCloseTo(0.8 * height, 0)
  })

  it('has the colours of the window', () => {
    const css = readFileSync(resolve(import.meta.dirname, '../../../../renderer/styles/tokens.css'), 'utf8')
    const [light, dark] = [css.indexOf(':root {'), css.indexOf(":root[data-theme='dark']")]
    const blocks = { light: css.slice(light, dark), dark: css.slice(dark) }
    for (const theme of ['light', 'dark'] as const) {
      for (const [token, color] of tokenColors(theme)) {
        expect(blocks[theme]).toContain(`--${token}: ${color};`)
      }
    }
  })
})

describe('a report', () => {
  it('asks for nothing: no script, no address, nothing to load', () => {
    const log = openTemporaryLog()
    comparedRuns(log)
    for (const { id } of log.listRuns().slice(0, 2)) log.rename(id, HOSTILE)
    const html = textFor(log, 'html')
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(html).not.toMatch(/https?:\/\/|<script|<link|<img|<iframe|\ssrc=|\shref=|@import|\son\w+=/)
    for (const [, url] of html.matchAll(/url\(([^)]*)\)/g)) expect(url).toMatch(/^#/)
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;quotes&#39;')
  })

  it('holds what is needed to repeat each run, and their results', () => {
    const log = openTemporaryLog()
    const ids = comparedRuns(log).flat()
    const html = textFor(log, 'html', {
      baseline: ids[0],
      charts: [...LOSS, { metric: 'val/loss', yKind: 'linear', yRange: null }],
    })
    for (const id of ids) expect(html).toContain(`<code>${id}</code>`)
    for (const text of [
      'd'.repeat(64),
      'e'.repeat(64),
      'reference-f64',
      'learning rate',
      '4 runs to step 10',
    ]) {
      expect(html).toContain(text)
    }
    expect(html).toContain('Δ baseline')
    // One run diverged: it has a best value and no last one.
    expect(html).toContain('(without 1)')
    expect(html.match(/<figure>/g)).toHaveLength(2)
    expect(html.match(/<details>/g)).toHaveLength(ids.length)
  })

  it('says why nothing is tested where each group has a single run', () => {
    const log = openTemporaryLog()
    comparedRuns(log)
    const html = textFor(log, 'html', { grouping: { kind: 'none' } })
    expect(html).toContain('<h2>Test of the difference</h2>')
    expect(html).toMatch(/each group has a single run, .*Run each design with 5 seeds/)
  })

  it('has an id once on the page, however many charts', () => {
    const log = openTemporaryLog()
    comparedRuns(log)
    const html = textFor(log, 'html', {
      charts: [...LOSS, { metric: 'val/loss', yKind: 'linear', yRange: null }],
    })
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(6)
  })
})
