// Runs a variant of a preset: starts every member that the design allows, says why the others are refused, and
// opens Compare with those that run.

import { ref } from 'vue'
import type { Problem } from '../../../../engine/errors'
import { variantMembers, type Preset, type PresetVariant } from '../../../../engine/presets'
import type { ExperimentSpec } from '../../../../engine/spec/schema'
import { formatCount } from '../../../format'
import { useComparison } from '../../../stores/comparison'
import { useDatasets } from '../../../stores/datasets'
import { useNavigation } from '../../../stores/navigation'
import { useNotices } from '../../../stores/notices'
import { isActive, useRuns } from '../../../stores/runs'
import { seedObstacle } from '../../../stores/seed-runs'
import { stopRuns } from '../../runs/stop-runs'
import { countUp } from '../seeds/seed-list'
import { checkDesign } from '../model/check'
import type { JsonObject } from '../model/json-path'

type ImportedOf = Parameters<typeof checkDesign>[1]

export interface CheckedMember {
  /** As in the variant, e.g. "0.01". */
  title: string
  /** Of the run. */
  name: string
  /** Null where the member is refused. */
  spec: ExperimentSpec | null
  /** Why it is refused; '' where it is not. */
  reason: string
}

/** The members with everything that the design view would say against them. */
export function checkVariant(
  preset: Preset,
  variant: PresetVariant,
  importedOf: ImportedOf,
): CheckedMember[] {
  return variantMembers(preset, variant).map(({ name, spec, problems }, index) => {
    const title = variant.members[index].name
    if (spec === null) return { title, name, spec, reason: reasonOf(problems) }
    const checked = checkDesign(JSON.parse(JSON.stringify(spec)) as JsonObject, importedOf)
    return {
      title,
      name,
      spec: checked.spec,
      reason: checked.spec === null ? reasonOf(checked.problems) : '',
    }
  })
}

function reasonOf(problems: readonly Problem[]): string {
  return problems.map(({ message }) => message).join(' ')
}

/** One at a time, whichever button was pressed. */
const isStarting = ref(false)

export function useVariants() {
  const runs = useRuns()
  const datasets = useDatasets()
  const notices = useNotices()
  const navigation = useNavigation()

  /** @param seeds how many runs of each member, one a seed from its own upwards */
  async function runVariant(preset: Preset, variant: PresetVariant, seeds = 1): Promise<void> {
    if (isStarting.value) return
    isStarting.value = true
    const started: string[] = []
    try {
      for (const { title, spec, reason } of checkVariant(preset, variant, datasets.byHash)) {
        // It goes away again, as it may lie over Run; the document's panel keeps the reason.
        if (spec === null) notices.show('warning', `Not started: ${title}`, { hint: reason })
        else started.push(...(await startMember(spec, seeds)))
      }
    } catch (thrown) {
      notices.fail(thrown)
    } finally {
      isStarting.value = false
    }
    if (started.length === 0) return
    runs.select(started)
    if (variant.metric !== undefined) useComparison().showMetric(variant.metric)
    navigation.openCompare()
    const [count, stop] =
      started.length === 1
        ? ['1 run', 'Stop it']
        : [`${formatCount(started.length)} runs`, `Stop all ${formatCount(started.length)}`]
    notices.show('info', `Started ${count} of ${variant.title}`, {
      action: {
        label: stop,
        run: () => void stopRuns(started),
        isOffered: () =>
          started.some((id) => {
            const run = runs.byId.get(id)
            return run !== undefined && isActive(run)
          }),
      },
    })
  }
  /** Where seeds change nothing one run says all. */
  async function startMember(spec: ExperimentSpec, seeds: number): Promise<string[]> {
    if (seeds === 1 || seedObstacle(spec) !== null) return [(await runs.start(spec)).id]
    return (await runs.startSeeds(spec, countUp(spec.training.seed, seeds))).map(({ id }) => id)
  }
  return { isStarting, runVariant }
}
