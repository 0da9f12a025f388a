// Settings in which runs differ. Names do not count: they are there to differ.

import type { RunSummary } from '../../../electron/contract'
import { formatSetting } from '../../format'
import { labelOfPath } from '../design/model/labels'

type Value = string | number | boolean | null | undefined

export interface Difference {
  path: string
  label: string
  /** Right-aligned, with aligned decimals. */
  isNumeric: boolean
  /** Parallel to the runs. */
  values: readonly Value[]
  /** The values as shown. */
  texts: readonly string[]
}

export interface Differences {
  differing: readonly Difference[]
  /** All settings that any of the runs has. */
  total: number
}

const NAME = 'name'

/** Numbers with the same count of decimals, as long as that stays short; others as typed. */
function alignedTexts(values: readonly Value[]): string[] {
  const texts = values.map((value) => formatSetting(value))
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length === 0 || numbers.some((value) => value !== 0 && Math.abs(value) < 1e-4)) return texts
  const decimals = Math.max(...numbers.map((value) => String(value).split('.')[1]?.length ?? 0))
  if (decimals > 6) return texts
  return values.map((value, index) =>
    typeof value === 'number' ? value.toFixed(decimals).replace('-', '\u2212') : texts[index],
  )
}

export function whatDiffers(runs: readonly RunSummary[]): Differences {
  const paths = new Set<string>()
  for (const { hyperparameters } of runs) {
    for (const path of Object.keys(hyperparameters)) if (path !== NAME) paths.add(path)
  }
  const differing: Difference[] = []
  for (const path of paths) {
    const values = runs.map(({ hyperparameters }) => hyperparameters[path])
    if (values.every((value) => value === values[0])) continue
    differing.push({
      path,
      label: settingLabel(path),
      isNumeric: values.every((value) => typeof value === 'number' || value === null || value === undefined),
      values,
      texts: alignedTexts(values),
    })
  }
  // What is searched for most comes first: how it was trained, then the network, then the data.
  const rank = ({ path }: Difference) => {
    const first = path.split(/[.[]/)[0]
    const order = ['optimizer', 'training', 'network', 'loss', 'dataset'].indexOf(first)
    if (path === 'training.seed') return 10
    if (path === 'optimizer.kind') return -2
    return path === 'optimizer.learningRate' ? -1 : order < 0 ? 9 : order
  }
  differing.sort((a, b) => rank(a) - rank(b))
  return { differing, total: paths.size }
}

/** Paths of hyperparameters are dotted throughout, network.layers.0.units; labels want [0]. */
function settingLabel(path: string): string {
  return labelOfPath(path.replace(/\.(\d+)(?=\.|$)/g, '[$1]'))
}
