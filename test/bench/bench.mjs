#!/usr/bin/env node
// The benchmark: `npm run -s bench -- [options]`; lib/options.mjs says which. Every contender is a process that trains
// the same model from the same numbers; their slices are interleaved, and best is compared with best.
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { contest } from './lib/contest.mjs'
import { makeArrays, makeFactors, writeData } from './lib/data.mjs'
import { describeMachine, higherPeak, preparePeak } from './lib/machine.mjs'
import { OptionProblem, readOptions, usage } from './lib/options.mjs'
import { workloadResult } from './lib/result.mjs'
import { best, median } from './lib/statistics.mjs'
import { short, simpleTable, workloadTable } from './lib/table.mjs'
import { productFlops, products, stepFlops, sweep, workloads } from './lib/workloads.mjs'
import { ourContenders } from './ours/contenders.mjs'
import { peers } from './peers/contenders.mjs'

const paces = {
  full: { rounds: 60, sliceMs: 20, warmUpMs: 200, budgetMs: 6000 },
  quick: { rounds: 6, sliceMs: 20, warmUpMs: 60, budgetMs: 600 },
}

/** @param {import('./lib/options.mjs').Options} options */
async function run({ json, quick, peers: peerNames, only }) {
  const folder = mkdtempSync(join(tmpdir(), 'descent-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const pace = quick ? paces.quick : paces.full
  const say = (/** @type {string} */ text) => process.stderr.write(`bench: ${text}\n`)
  const print = (/** @type {string} */ text) => json || process.stdout.write(`${text}\n\n`)

  /** @type {import('./lib/contest.mjs').Contender[]} */
  const contenders = [
    ...(await ourContenders()).map(({ name, spawn, supports = () => true, restMs = 0 }) => {
      return { group: 'ours', variant: name, spawn, supports, restMs }
    }),
    ...peers.filter(({ group }) => peerNames.includes(group)),
  ]
  /** @type {Record<string, string>} */
  const versions = { node: process.versions.node }
  /** @param {string} id @param {string} dataFile */
  const compete = async (id, dataFile) => {
    const found = await contest(id, dataFile, contenders, pace, say)
    Object.assign(versions, found.versions)
    rmSync(dataFile.replace(/json$/, 'bin'))
    return found
  }
  const machine = describeMachine()
  print(
    `${machine.cpu}, ${machine.cores} cores, load ${machine.loadBefore}${quick ? '; quick, not to compare by' : ''}`,
  )

  /** @type {Record<string, object>} */
  const ofWorkloads = {}
  for (const workload of workloads.filter(({ id }) => only.includes(id))) {
    const { entries, notes } = await compete(workload.id, writeData(folder, workload, makeArrays(workload)))
    const result = workloadResult(entries, workload.precision, notes)
    const { figures, ratios, notes: said } = result
    ofWorkloads[workload.id] = { title: workload.title, ...figures, ratios, notes: said }
    print(workloadTable(workload, entries, result))
  }
  const gemm = only.includes('gemm') ? await runProducts() : undefined
  const ofSweep = only.includes('sweep') ? await runSweep() : undefined
  const loadAfter = Number(loadavg()[0].toFixed(2))
  if (json) {
    const all = {
      machine: { ...machine, loadAfter },
      versions,
      quick,
      workloads: ofWorkloads,
      gemm,
      sweep: ofSweep,
    }
    process.stdout.write(`${JSON.stringify(all)}\n`)
  } else
    print(
      `${Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}; load ${loadAfter}`,
    )

  /** Products of matrices on one thread, in GF/s and as a share of the machine's peak. */
  async function runProducts() {
    const { measure, problem } = await preparePeak(folder)
    let peak = await measure()
    /** @type {Record<string, object>} */
    const shapes = {}
    const rows = []
    const said = problem === '' ? [] : [problem]
    for (const product of products) {
      const { entries, notes } = await compete(product.id, writeData(folder, product, makeFactors(product)))
      peak = higherPeak(peak, await measure())
      said.push(...workloadResult(entries, 'float32', notes).notes)
      /** @type {Record<string, Record<string, object>>} */
      const figures = { ours: {}, numpy: {} }
      /** @type {Record<string, import('./lib/machine.mjs').Peak | null>} */
      const share = {}
      for (const { group, variant, speeds } of entries.filter(({ speeds }) => speeds.length > 0)) {
        const toFlops = productFlops(product) / 1e9
        const gflops = best(speeds) * toFlops
        const name = `${variant}`
        figures[group][name] = { best: gflops, median: median(speeds) * toFlops, unit: 'GF/s' }
        const parts = peak && { fma128: gflops / peak.fma128, fma256: gflops / peak.fma256 }
        if (group === 'ours') share[name] = parts
        const percent = (/** @type {number | undefined} */ part) =>
          part === undefined ? '-' : `${Math.round(100 * part)} %`
        rows.push([
          `${product.id.slice(5)} ${group === 'ours' ? name : `${group} ${name}`}`,
          short(gflops),
          short(median(speeds) * toFlops),
          percent(parts?.fma128),
          percent(parts?.fma256),
        ])
      }
      shapes[product.id.slice('gemm:'.length)] = { ...figures, share }
    }
    const title = `gemm  C = A B on one thread; M x K x N; peak ${peak ? `${peak.fma128} GF/s at 128 bits, ${peak.fma256} at 256` : 'unknown'}`
    const notes = [...new Set(said)]
    print(simpleTable(title, ['GF/s', 'best', 'median', 'of 128', 'of 256'], rows, notes))
    return { peak, shapes, notes }
  }

  /** Time a step over its operations, from narrow to wide. */
  async function runSweep() {
    /** @type {Record<string, Record<string, Record<string, { msPerStep: number, psPerFlop: number, gflops: number }>>>} */
    const widths = {}
    /** @type {Map<string, number[]>} */
    const costs = new Map()
    const rows = []
    const said = []
    for (const workload of sweep) {
      const width = workload.id.slice('sweep:'.length)
      const { entries, notes } = await compete(workload.id, writeData(folder, workload, makeArrays(workload)))
      said.push(...workloadResult(entries, 'float32', notes).notes)
      widths[width] = { ours: {}, numpy: {} }
      for (const { group, variant, speeds } of entries.filter(({ speeds }) => speeds.length > 0)) {
        const msPerStep = (1000 * workload.batch) / best(speeds)
        const psPerFlop = (1e9 * msPerStep) / stepFlops(workload)
        widths[width][group][`${variant}`] = { msPerStep, psPerFlop, gflops: 1000 / psPerFlop }
        const name = group === 'ours' ? `${variant}` : `${group} ${variant}`
        costs.set(name, [...(costs.get(name) ?? []), psPerFlop])
        rows.push([
          `${width} ${name}`,
          msPerStep.toPrecision(3),
          psPerFlop.toPrecision(3),
          short(1000 / psPerFlop),
        ])
      }
    }
    const spread = Object.fromEntries(
      [...costs].map(([name, values]) => [name, Math.max(...values) / Math.min(...values)]),
    )
    const notes = [
      ...new Set(said),
      ...Object.entries(spread).map(
        ([name, value]) => `${name}: the dearest operation costs ${value.toFixed(2)} times the cheapest`,
      ),
    ]
    print(
      simpleTable(
        'sweep  one dense layer N-N, batch 64, float32',
        ['N', 'ms a step', 'ps a FLOP', 'GF/s'],
        rows,
        notes,
      ),
    )
    return { widths, spread, notes }
  }
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) console.log(usage)
  else await run(options)
} catch (error) {
  if (!(error instanceof OptionProblem)) throw error
  console.error(`bench: ${error.message}\n\n${usage}`)
  process.exitCode = 2
}
