// One design, run once with each of several seeds: how many a person wants, the dialog that asks, and the start.

import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { RunSummary } from '../../electron/contract'
import type { ExperimentSpec } from '../../engine/spec/schema'
import { call } from '../client'
import { formatCount } from '../format'
import { stopRuns } from '../views/runs/stop-runs'
import { countUp, seedsPhrase } from '../views/design/seeds/seed-list'
import { useApplication } from './application'
import { useComparison } from './comparison'
import { useNavigation } from './navigation'
import { useNotices } from './notices'
import { isActive, useRuns } from './runs'
import { useSettings } from './settings'

/** What the dialog asks about. */
export interface SeedsRequest {
  spec: ExperimentSpec
  /** The seed that is counted up from. */
  first: number
  /** Seeds that the design has run with already. */
  used: ReadonlySet<number>
  /** What one of the runs takes, milliseconds; null where no earlier run tells. */
  msOfOne: number | null
}

/** Without the words that the start of several seeds put there: the next start would put them there again. */
export function designName(spec: ExperimentSpec): string {
  const added = ` seed ${spec.training.seed}`
  return spec.name.endsWith(added) ? spec.name.slice(0, -added.length).trimEnd() : spec.name
}

/** Why several seeds would give the same run several times; null where they do not. */
export function seedObstacle(spec: ExperimentSpec): string | null {
  const { random } = spec.training
  return random.kind === 'numpy-legacy' && random.start === 'after-data'
    ? 'The seed of the training is not used: its draws go on after those of the data set. Every seed would give the same run; let the stream start with the seed (Training, Examples and draws).'
    : null
}

export const useSeedRuns = defineStore('seed-runs', () => {
  const application = useApplication()
  const navigation = useNavigation()
  const notices = useNotices()
  const comparison = useComparison()
  const runs = useRuns()
  const settings = useSettings()

  const request = shallowRef<SeedsRequest | null>(null)
  const isStarting = ref(false)
  /** How many seeds the person ran last. */
  const count = computed(() => settings.values.seedCount)
  /** Runs that train at the same time, as main counts them. */
  const parallel = computed(
    () => settings.values.parallelRuns ?? Math.max(1, (application.info?.cores ?? 2) - 1),
  )

  /** Of all of them, milliseconds. */
  function totalMs(msOfOne: number, runCount: number): number {
    return msOfOne * Math.ceil(runCount / parallel.value)
  }

  function ask(asked: SeedsRequest): void {
    request.value = asked
  }
  /** Asks for more seeds of a run's design: those that follow the ones it has run with. */
  async function askForRun(id: string): Promise<void> {
    try {
      const { spec, summary } = await call('runs.detail', { id })
      const { activeMs, progress, experiment } = summary
      const used = new Set(runs.list.filter((run) => run.experiment === experiment).map((run) => run.seed))
      ask({
        spec,
        first: spec.training.seed,
        used,
        msOfOne: progress.step > 0 ? (activeMs / progress.step) * progress.totalSteps : null,
      })
    } catch (thrown) {
      notices.fail(thrown)
    }
  }
  function close(): void {
    request.value = null
  }

  /** Starts one run a seed and shows them, and nothing else, in Compare. Answers whether they were started. */
  async function start(spec: ExperimentSpec, seeds: readonly number[]): Promise<boolean> {
    if (isStarting.value || seeds.length === 0) return false
    isStarting.value = true
    try {
      const before = runs.selectedRuns
      const started = await runs.startSeeds({ ...spec, name: designName(spec) }, seeds)
      if (seeds.length !== count.value) settings.change({ seedCount: seeds.length }).catch(notices.fail)
      const ids = started.map(({ id }) => id)
      runs.select(ids)
      // What was zoomed into and brushed was about other runs.
      comparison.change({
        xRange: null,
        ...(comparison.state.grouping.kind === 'none' && { grouping: { kind: 'seeds' } }),
      })
      comparison.setBrushed(null)
      navigation.go('compare')
      tellOf(designName(spec), started, before)
      return true
    } catch (thrown) {
      notices.fail(thrown)
      return false
    } finally {
      isStarting.value = false
    }
  }

  function isTraining(id: string): boolean {
    const run = runs.byId.get(id)
    return run !== undefined && isActive(run)
  }
  function tellOf(name: string, started: readonly RunSummary[], before: readonly RunSummary[]): void {
    const ids = started.map(({ id }) => id)
    const others = before.map(({ id }) => id).filter((id) => !ids.includes(id))
    notices.show('info', `Started ${countOf(ids.length)} of ${name}`, {
      hint: `With ${seedsPhrase(started.map(({ seed }) => seed))}.`,
      actions: [
        ...(others.length === 0
          ? []
          : [
              {
                label: `Compare with the ${countOf(others.length)} before`,
                run: () => runs.select([...others, ...runs.selected]),
              },
            ]),
        {
          label: ids.length === 1 ? 'Stop it' : `Stop all ${formatCount(ids.length)}`,
          run: () => void stopRuns(ids),
          isOffered: () => ids.some(isTraining),
        },
      ],
    })
  }

  /** The seed of the design and those that follow, as many as last time. */
  function seedsOf(spec: ExperimentSpec, howMany = count.value): number[] {
    return countUp(spec.training.seed, howMany)
  }

  return { request, isStarting, count, totalMs, ask, askForRun, close, start, seedsOf }
})

function countOf(count: number): string {
  return count === 1 ? '1 run' : `${formatCount(count)} runs`
}
