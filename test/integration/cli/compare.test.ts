import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { abReport, type AbReport } from '../../../engine/comparison/ab-report'
import { groupRuns } from '../../../engine/comparison/groups'
import type { RunLog } from '../../../electron/run-log/types'
import { comparedRuns } from '../support/compared-runs'
import { jsonOf, runCli, type CliRun } from '../support/cli'
import { openTemporaryLog } from '../support/open-log'
import { exampleBatch, exampleSpec, STARTED } from '../support/run-samples'
import { saveView } from '../support/saved-view'
import { temporaryFolder } from '../support/temporary-folder'

interface Answer {
  metric: string
  which: string
  level: number
  groups: {
    label: string
    n: number
    runs: string[]
    best: { mean: number; standardDeviation: number; n: number }
    last: { mean: number; standardDeviation: number; n: number }
  }[]
  pairs: { a: string; b: string; problem: string | null; adjustedP: number | null; report: AbReport | null }[]
}

interface Made {
  home: string
  log: RunLog
  ids: string[][]
  compare(...parameters: string[]): Promise<CliRun>
}

/** Two designs with four seeds each in the default database of a folder. */
function made(): Made {
  const home = temporaryFolder()
  const log = openTemporaryLog(join(home, 'descent.db'))
  const ids = comparedRuns(log)
  return { home, log, ids, compare: (...parameters) => runCli(['compare', ...parameters], { home }) }
}

/** One more design, a little worse the higher its learning rate. */
function addDesign(log: RunLog, learningRate: number, seeds: number): void {
  for (let seed = 1; seed <= seeds; seed++) {
    const spec = exampleSpec(`moons lr ${learningRate} seed ${seed}`, seed)
    spec.optimizer.learningRate = learningRate
    const { id } = log.createRun(spec, 'app')
    log.markStarted(id, { ...STARTED, stepsPerEpoch: 5, totalSteps: 10 })
    const metrics = { 'val/loss': 1 + learningRate + 0.01 * seed * seed }
    log.appendBatch(id, exampleBatch(0, 10, { epochs: [{ epoch: 1, step: 5, elapsedMs: 50, metrics }] }))
    log.markDone(id, { kind: 'finished' }, {}, 'c'.repeat(64))
  }
}

describe('descent compare', () => {
  it('prints the groups and the report of their difference, from the numbers of the window', async () => {
    const { log, compare } = made()
    const run = await compare('--query', 'val/loss < 10')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const runs = log.listRuns().reverse()
    const [b, a] = groupRuns(runs, { kind: 'seeds' })
    const options = { metric: 'val/loss', which: 'best', level: 0.95, comparisons: 1 } as const
    const report = abReport(a, b, options) as AbReport
    expect(run.stdout).toContain('best val/loss: 8 runs in 2 groups by all but the seed\n')
    expect(run.stdout).toContain(`\n${report.title}\n${report.sentence}\n`)
    expect(run.stdout).toMatch(/^95 % t interval +\S+ to \S+$/m)
    expect(run.stdout).toMatch(/^moons lr 0.1 +4 .* 1 last$/m)
    for (const { level, text } of report.notes) expect(run.stdout).toContain(`${level}: ${text}\n`)
    // For the eye numbers are rounded.
    expect(
      Math.max(
        ...run.stdout
          .split(report.sentence)[0]
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(120)
  })

  it('answers in JSON with every digit, each group by its runs', async () => {
    const { log, ids, compare } = made()
    const answer = jsonOf<Answer>(await compare(...ids.flat(), '--which', 'last', '--level', '0.9', '--json'))
    expect(answer).toMatchObject({ metric: 'val/loss', which: 'last', level: 0.9 })
    expect(answer.groups.map(({ label, n, runs }) => [label, n, runs])).toEqual([
      ['moons lr 0.01', 4, ids[0]],
      ['moons lr 0.1', 4, ids[1]],
    ])
    const bests = ids[0].map((id) => log.getRun(id)!.metrics['val/loss'].best!)
    expect(answer.groups[0].best.mean).toBeCloseTo(bests.reduce((sum, best) => sum + best, 0) / 4, 14)
    expect(answer.groups.map(({ last }) => last.n)).toEqual([4, 3])
    const [{ report, adjustedP, problem }] = answer.pairs
    expect(problem).toBeNull()
    expect(adjustedP).toBe(report!.test.p)
    expect(report!.pairs.map(({ seed }) => seed)).toEqual([1, 2, 4])
    expect(report!.leftOut).toMatchObject([{ kind: 'not-finite', reason: 'NaN' }, { kind: 'unpaired' }])
  })

  it('compares all pairs of more than two groups with p by Holm, and with a baseline all with its group', async () => {
    const { log, ids, compare } = made()
    addDesign(log, 0.5, 4)
    const all = jsonOf<Answer>(await compare('--query', 'val/loss < 10', '--json'))
    expect(all.pairs.map(({ a, b }) => [a, b])).toEqual([
      ['moons lr 0.01', 'moons lr 0.1'],
      ['moons lr 0.01', 'moons lr 0.5'],
      ['moons lr 0.1', 'moons lr 0.5'],
    ])
    const ps = all.pairs.map(({ report }) => report!.test.p)
    const sorted = [...ps].sort((left, right) => left - right)
    const steps = sorted.map((p, rank) => Math.min(1, p * (3 - rank)))
    const expected = steps.map((_, rank) => Math.max(...steps.slice(0, rank + 1)))
    expect(all.pairs.map(({ adjustedP }) => adjustedP)).toEqual(ps.map((p) => expected[sorted.indexOf(p)]))

    const text = await compare('--query', 'val/loss < 10')
    expect(text.stdout).toMatch(/^A +B +seeds +A better by +95 % t interval +p +p by Holm$/m)
    expect(text.stdout).toContain('among these 3 comparisons')
    expect(text.stdout.match(/^warning: Not trained to the end.*$/gm)).toHaveLength(1)

    const based = jsonOf<Answer>(await compare('--query', 'val/loss < 10', '--baseline', ids[1][0], '--json'))
    expect(based.pairs.map(({ a, b }) => [a, b])).toEqual([
      ['moons lr 0.01', 'moons lr 0.1'],
      ['moons lr 0.5', 'moons lr 0.1'],
    ])
  })

  it('takes runs by name, groups by any setting, and a saved view with its groups', async () => {
    const { log, ids, compare } = made()
    const named = jsonOf<Answer>(await compare('moons lr 0.1 seed 1', ids[0][0], '--json'))
    expect(named.groups.map(({ runs }) => runs)).toEqual([[ids[0][0]], [ids[1][0]]])
    expect(named.pairs[0].problem).toMatch(/needs at least 2 of each/)
    const bySeed = jsonOf<Answer>(
      await compare('--query', 'val/loss < 10', '--group-by', 'training.seed', '--json'),
    )
    expect(bySeed.groups.map(({ n }) => n)).toEqual([2, 2, 2, 2])
    expect(bySeed.pairs).toHaveLength(6)

    const someIds = ids.flatMap((each) => each.slice(0, 2))
    saveView(log, 'two of each', someIds, {
      grouping: { kind: 'paths', paths: ['optimizer.learningRate'] },
      report: { metric: 'val/loss', which: 'last', level: 0.8 },
    })
    const view = jsonOf<Answer>(await compare('--view', 'two of each', '--json'))
    expect(view).toMatchObject({ which: 'last', level: 0.8 })
    expect(view.groups.map(({ label, n }) => [label, n])).toEqual([
      ['lr 0.01', 2],
      ['lr 0.1', 2],
    ])
  })

  it('says of one group that there is nothing to compare it with', async () => {
    const { ids, compare } = made()
    const run = await compare(...ids[0])
    expect(run.code).toBe(0)
    expect(run.stdout).toMatch(/^moons lr 0.01 +4 /m)
    expect(run.stdout).toContain('This is one group: a comparison needs two.')
  })

  it.each([
    [[], /Nothing to compare was named[\s\S]*--query/],
    [['moons lr 0.1 sed 1'], /no run "moons lr 0.1 sed 1"[\s\S]*Did you mean "moons lr 0.1 seed 1"/],
    [['--query', 'val/loss < 0'], /No run matches val\/loss < 0/],
    [['--query', 'val/loss <'], /--query: [\s\S]*\^/],
    [['--query', 'val/loss < 10', '--metric', 'val/lost'], /logged "val\/lost"[\s\S]*"val\/loss"/],
    [
      ['--query', 'val/loss < 10', '--metric', 'batch/loss'],
      /--metric batch\/loss: expected one that .* by epoch/,
    ],
    [['--query', 'val/loss < 10', '--which', 'worst'], /worst[\s\S]*best, last/],
    [['--query', 'val/loss < 10', '--level', '2'], /--level "2": expected a share from 0.5 to 0.999/],
    [['--query', 'val/loss < 10', '--group-by', 'optimiser.kind'], /--group-by[\s\S]*"optimizer.kind"/],
    [['--query', 'val/loss < 10', '--baseline', 'moons'], /--baseline "moons": expected the id or the name/],
    [['--view', 'none'], /no view "none": none is saved/],
  ] as const)('%j is refused with what is wrong', async (parameters, message) => {
    const { compare } = made()
    const run = await compare(...parameters)
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toMatch(message)
    expect(run.stderr).toMatch(/^hint: \S/m)
  })
})
