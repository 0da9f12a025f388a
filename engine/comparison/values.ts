// What can stand on an axis of scatter and parallel coordinates: one value a run, named by a short text such as
// "path:optimizer.learningRate" or "best:val/loss".

import { DescentError } from '../errors'
import { labelOfPath } from '../spec/path-labels'
import { differences, isSeedPath } from './differences'
import type { ComparedRun } from './types'

const PLAIN = {
  time: { label: 'training time', read: (run: ComparedRun) => run.activeMs },
  parameters: { label: 'parameters', read: (run: ComparedRun) => run.parameters },
  seed: { label: 'seed', read: (run: ComparedRun) => run.seed },
} as const

type Parsed = { kind: 'path' | 'best' | 'last'; name: string } | { kind: 'plain'; name: keyof typeof PLAIN }

function parse(of: string): Parsed {
  const match = /^(path|best|last):(.+)$/.exec(of)
  if (match !== null) return { kind: match[1] as 'path' | 'best' | 'last', name: match[2] }
  if (Object.hasOwn(PLAIN, of)) return { kind: 'plain', name: of as keyof typeof PLAIN }
  throw new DescentError(
    'bad-input',
    `"${of}" is not a value of a run; expected path:…, best:…, last:…, ${Object.keys(PLAIN).join(', ')}.`,
    'Choose another value for the axis.',
  )
}

/**
 * Reads one value of a run: a number, a text or, where the run has no such value, null. The last value of a metric may
 * be NaN or infinite: a run that diverged. Time is training time in milliseconds.
 * @throws DescentError('bad-input') when `of` names no kind of value
 */
export function valueReader(of: string): (run: ComparedRun) => number | string | null {
  const parsed = parse(of)
  const { name } = parsed
  switch (parsed.kind) {
    case 'plain':
      return PLAIN[parsed.name].read
    case 'path':
      return ({ hyperparameters }) => {
        const value = hyperparameters[name]
        return typeof value === 'boolean' ? String(value) : (value ?? null)
      }
    case 'best':
      return ({ metrics }) => metrics[name]?.best ?? null
    case 'last':
      return ({ metrics }) => metrics[name]?.last ?? null
  }
}

/** As `valueReader`, for one run. */
export function readValue(run: ComparedRun, of: string): number | string | null {
  return valueReader(of)(run)
}

/** "learning rate", "best val/loss", "training time". */
export function labelOfValue(of: string): string {
  const parsed = parse(of)
  switch (parsed.kind) {
    case 'plain':
      return PLAIN[parsed.name].label
    case 'path':
      return labelOfPath(parsed.name)
    default:
      return `${parsed.kind} ${parsed.name}`
  }
}

export function isLowerBetter(metric: string): boolean {
  return !metric.endsWith('accuracy')
}

const METRIC_ORDER = [
  'val/loss',
  'val/accuracy',
  'test/loss',
  'test/accuracy',
  'train/loss',
  'train/accuracy',
]

/** Metrics that any of the runs has, those of validation first. */
export function metricNames(runs: readonly Pick<ComparedRun, 'metrics'>[]): string[] {
  const names = new Set<string>()
  for (const { metrics } of runs) for (const name of Object.keys(metrics)) names.add(name)
  const rank = (name: string) => {
    const at = METRIC_ORDER.indexOf(name)
    return at < 0 ? METRIC_ORDER.length : at
  }
  return [...names].sort((a, b) => rank(a) - rank(b))
}

/** Every value the runs have: hyperparameters that differ, the most telling first, then metrics, then the rest. */
export function availableValues(runs: readonly ComparedRun[]): string[] {
  const paths = differences(runs)
    .filter(({ path }) => !isSeedPath(path))
    .map(({ path }) => `path:${path}`)
  const metrics = metricNames(runs).flatMap((name) => [`best:${name}`, `last:${name}`])
  return [...paths, ...metrics, ...Object.keys(PLAIN)]
}
