// descent gradcheck: every layer's gradient against finite differences, before or instead of a run.

import { DEFAULT_TOLERANCE } from '../../../engine/verification/gradient-check'
import type { GradientPart, GradientReport } from '../../../engine/verification/gradient-check'
import { DescentError } from '../../../engine/errors'
import { answerCheckGradients } from '../../analysis/check-gradients'
import { datasetFolderOf } from '../../paths'
import { createAnalysisReport } from '../analysis-report'
import { EXIT, type ExitCode } from '../exit-codes'
import { interruptionReason, onInterruption } from '../interruption'
import { jsonText } from '../json'
import { count } from '../numbers'
import { databasePath, type DatabaseOption } from '../open-log'
import { readSpec, type SpecOptions } from '../read-spec'
import { say } from '../terminal'
import { textTable } from '../text-table'

export type GradcheckOptions = SpecOptions &
  DatabaseOption & { batch?: string; tolerance?: string; json?: boolean }

const DEFAULT_BATCH = 16
const MAXIMUM_BATCH = 1000
const FINEST_TOLERANCE = 1e-7

/** @throws DescentError('bad-input') */
function numberOption(
  name: string,
  text: string | undefined,
  fallback: number,
  isGood: (value: number) => boolean,
  needs: string,
): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (text.trim() !== '' && isGood(value)) return value
  throw new DescentError(
    'bad-input',
    `--${name} ${text}: needs ${needs}.`,
    `Its default is ${short(fallback)}.`,
  )
}

/** 1e-6 and not 0.000001 */
function short(value: number): string {
  return value < 1e-3 ? value.toExponential() : String(value)
}

function scientific(value: number): string {
  return Number.isFinite(value) ? value.toExponential(2) : String(value)
}

function result({ passed, failed, atKink }: GradientPart): string {
  const kinks = atKink > 0 ? `${atKink} at a kink` : ''
  if (passed) return kinks ? `pass, ${kinks}` : 'pass'
  return ['FAIL', failed > 0 ? `${failed} wrong` : '', kinks].filter(Boolean).join(', ')
}

function tell(report: GradientReport): void {
  const columns = [
    { title: 'layer' },
    { title: 'part' },
    { title: 'checked', isNumber: true },
    { title: 'worst error', isNumber: true },
    { title: 'where' },
    { title: 'result' },
  ]
  const rows = report.parts.map((part) => [
    `${part.layer + 1} ${part.title}`,
    part.part,
    part.checked === part.total ? count(part.total) : `${count(part.checked)} of ${count(part.total)}`,
    part.worst ? scientific(part.worst.error) : '-',
    part.worst?.place ?? '-',
    result(part),
  ])
  textTable(columns, rows).forEach(say)
  say()
  for (const { worst, passed } of report.parts) {
    if (passed || !worst) continue
    say(`${worst.name}: analytic ${worst.analytic}, by differences ${worst.numeric}`)
  }
  const checked =
    report.checked === report.total
      ? `all ${count(report.total)} parameters`
      : `${count(report.checked)} of ${count(report.total)} parameters, a sample`
  const verdict = report.passed ? 'Gradients agree' : 'Gradients do not agree'
  say(
    `${verdict}: worst relative error ${scientific(report.worst)}, tolerance ${short(report.tolerance)}; ${checked}, ` +
      `${report.examples} examples, computed in float64${report.runPrecision === 'float64' ? '' : ` (the design trains in ${report.runPrecision})`}.`,
  )
}

function jsonOf({ passed, parts, worst, tolerance, ...report }: GradientReport): object {
  return {
    passed,
    layers: parts.map((part) => ({
      layer: part.layer + 1,
      title: part.title,
      part: part.part,
      checked: part.checked,
      total: part.total,
      worst: part.worst?.error ?? null,
      parameter: part.worst?.name ?? null,
      analytic: part.worst?.analytic ?? null,
      numeric: part.worst?.numeric ?? null,
      atKink: part.atKink,
      failed: part.failed,
      pass: part.passed,
    })),
    worst,
    tolerance,
    ...report,
  }
}

export async function gradcheck(file: string | undefined, options: GradcheckOptions): Promise<ExitCode> {
  const spec = await readSpec(file, options)
  const wantsJson = options.json ?? false
  const examples = numberOption(
    'batch',
    options.batch,
    DEFAULT_BATCH,
    (value) => Number.isInteger(value) && value >= 1 && value <= MAXIMUM_BATCH,
    `an integer from 1 to ${MAXIMUM_BATCH}`,
  )
  const tolerance = numberOption(
    'tolerance',
    options.tolerance,
    DEFAULT_TOLERANCE,
    (value) => value >= FINEST_TOLERANCE && value <= 1,
    `a number from ${FINEST_TOLERANCE} to 1: differences in float64 tell no more`,
  )
  const abort = new AbortController()
  const release = onInterruption(() => abort.abort())
  const progress = createAnalysisReport(wantsJson)
  try {
    const question = {
      spec,
      datasetFolder: datasetFolderOf(databasePath(options)),
      parameters: null,
      batch: { part: 'training', examples, from: { seed: spec.training.seed } },
      tolerance,
    } as const
    const report = await answerCheckGradients(question, {
      signal: abort.signal,
      onProgress: progress.onProgress,
    })
    progress.end()
    if (wantsJson) say(jsonText(jsonOf(report)))
    else tell(report)
    return report.passed ? EXIT.ok : EXIT.failed
  } catch (thrown) {
    if (interruptionReason() !== null) return EXIT.interrupted
    throw thrown
  } finally {
    progress.end()
    release()
  }
}
