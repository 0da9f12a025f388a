// The typed contract between the window and the main process: two tables, calls and events.
// Main's handlers, the preload and the renderer's client derive their types from here and from nowhere else.
// It imports the engine (types and schemas) and zod only.

import { z } from 'zod'
import type { ErrorCode, Problem } from '../engine/errors'
import { comparisonSchema, MOST_CHARTS, runsTableSchema, savedViewSchema } from '../engine/comparison/schema'
import type { RunAxes } from '../engine/comparison/types'
import type { DatasetPreview } from '../engine/data/preview'
import type { ImageSetInfo, ImageSetPreview } from '../engine/data/idx-set'
import type { ImportedInfo } from '../engine/data/imported'
import type { CsvPreview, TableInfo } from '../engine/data/table'
import { FAST_KERNELS, type FastKernelName } from '../engine/kernels/program/kernel'
import { SOURCE_SYSTEMS } from '../engine/presets/sources/types'
import type { CellTrace, ParameterTrace, Trace } from '../engine/microscope/types'
import { LIMITS, type ExperimentSpec } from '../engine/spec/schema'
import type { GradientReport } from '../engine/verification/gradient-check'
import type { Verification } from '../engine/verification/verify'
import type { SentChunk } from '../engine/training/sent-chunk'
import type { EpochColumns, SentEpochs } from '../engine/training/sent-epochs'
import type { Inspection, Progress, StepMetric } from '../engine/training/types'

// ---- envelope -------------------------------------------------------------------------------------

/** What crosses the process border instead of an exception, which would lose its code. */
export interface CallError {
  code: ErrorCode
  message: string
  hint: string
  problems: readonly Problem[]
}
export type Result<T> = { ok: true; value: T } | { ok: false; error: CallError }

// ---- runs -----------------------------------------------------------------------------------------

export const RUN_STATUSES = [
  'queued',
  'running',
  'paused',
  'finished',
  'stopped',
  'diverged',
  'failed',
  'interrupted',
] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** Of one metric over a whole run. Best is the lowest loss or the highest accuracy among finite values. */
export interface MetricSummary {
  last: number
  best: number | null
  bestEpoch: number | null
}

/** One row of the runs table. */
export interface RunSummary {
  id: string
  /** Position in the order of creation, from 1; the run's colour and mark derive from it. */
  number: number
  name: string
  /** Number of its design, from 1: runs that differ by nothing but seed and name share it. */
  experiment: number
  status: RunStatus
  /** Why it is in this status, one sentence; null where the status says it all. */
  reason: string | null
  tags: readonly string[]
  note: string
  /** Milliseconds since 1970. */
  createdAt: number
  startedAt: number | null
  endedAt: number | null
  /** Training time without pauses, milliseconds. */
  activeMs: number
  seed: number
  datasetId: string
  dataHash: string | null
  engineVersion: string
  kernel: string | null
  parameters: number | null
  /** SHA-256 of the final weights and biases: two runs with the same value ended with the same bits. */
  weightsHash: string | null
  progress: Progress
  /** The spec flattened to path -> value. */
  hyperparameters: Readonly<Record<string, string | number | boolean | null>>
  metrics: Readonly<Record<string, MetricSummary>>
  /** Up to 64 values of val/loss (train/loss without validation) by epoch, for a picture a row. */
  sparkline: readonly number[]
  /** Set while the run lies in the trash. */
  deletedAt: number | null
  /** Set while it is put aside: out of the lists, and compared only where it is asked for. */
  archivedAt: number | null
  /** A locked run can not be renamed, tagged, noted, trashed or purged. */
  isLocked: boolean
  /** Of two states of one run the one with the greater number is the newer. */
  change: number
}

export interface RunEvent {
  at: number
  /** e.g. created, started, paused, resumed, stopped, finished, diverged, failed, interrupted, renamed. */
  kind: string
  step: number | null
  message: string
}

export interface RunDetail {
  summary: RunSummary
  spec: ExperimentSpec
  /** Steps of one epoch; epoch of a step = step / stepsPerEpoch. */
  stepsPerEpoch: number
  events: readonly RunEvent[]
  /** Epochs of which an inspection is stored, ascending. */
  inspectionEpochs: readonly number[]
}

/** Everything that was logged of a run, at full resolution. Columns are parallel. */
export interface RunCurves {
  runId: string
  stepsPerEpoch: number
  axes: RunAxes
  steps: {
    step: Float64Array
    elapsedMs: Float64Array
    columns: Record<StepMetric, Float64Array>
  }
  epochs: EpochColumns
}

/** The same with those columns alone that were asked for; null: the times were not. */
export interface ChosenCurves extends Omit<RunCurves, 'steps'> {
  steps: {
    step: Float64Array
    elapsedMs: Float64Array | null
    columns: Partial<RunCurves['steps']['columns']>
  }
}

/** Stored parameters of one layer, for the Weights tab. */
export interface LayerWeights {
  title: string
  inputs: number
  outputs: number
  form: LayerForm
  /**
   * Dense: outputs x inputs, row-major. Grid: layer by layer, of each rows x columns (source), the kernel's places
   * (kernel), or for each cell the kernel's places (none).
   */
  weights: Float64Array
  /** Dense: one an output. Grid: layer by layer, one a cell. */
  biases: Float64Array
}

/** How a layer's parameters are to be read. */
export type LayerForm =
  | { kind: 'dense'; biasForm: 'vector' | 'input-row' }
  | {
      kind: 'grid'
      sharing: 'source' | 'kernel' | 'none'
      depth: number
      rows: number
      columns: number
      kernelRows: number
      kernelColumns: number
    }

// ---- application ----------------------------------------------------------------------------------

export interface AppInfo {
  version: string
  runtime: { electron: string; chrome: string; node: string; isFallback: boolean }
  platform: string
  cores: number
  kernels: KernelFacts
  database: { path: string; bytes: number; schemaVersion: number }
  datasetFolder: string
  /** Set when the database can not be written, with the reason. */
  readOnly: string | null
}

/** What a person may ask for; automatic takes the fastest that has the bits of the spec. */
export const KERNEL_CHOICES = ['automatic', 'native', 'webassembly', 'reference'] as const
export type KernelChoice = (typeof KERNEL_CHOICES)[number]

export const KERNEL_NAMES = [...FAST_KERNELS, 'reference'] as const
export type KernelName = (typeof KERNEL_NAMES)[number]

/** Which fast kernels there are on this machine; the reference is always there. */
export interface KernelFacts {
  /** Why one is missing, a sentence; null where it is there. */
  problems: Readonly<Record<FastKernelName, string | null>>
  /** Those that give a run's bits, fastest first, by its precision and, for float32, its arithmetic. */
  fitting: Readonly<Record<'float64' | 'fused' | 'portable', readonly FastKernelName[]>>
}

/**
 * Threads that one run may take: its share of the cores, so that runs at the same time do not wait for each other's,
 * or less where the person wants less.
 * @param together runs that train at the same time when this one starts
 * @param limit null: none
 */
export function threadsOfRun(cores: number, together: number, limit: number | null): number {
  return Math.max(1, Math.min(Math.floor(cores / together), limit ?? cores))
}

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** null: cores - 1, at least 1. */
  parallelRuns: z.int().min(1).max(64).nullable().default(null),
  /** Where a run can not be computed by it, the automatic choice. */
  kernel: z.enum(KERNEL_CHOICES).default('automatic'),
  /** Of one run at most; null: its share of the cores when it starts, which is never exceeded. */
  threads: z.int().min(1).max(1024).nullable().default(null),
  /** Dash patterns as a second code beside colour. */
  patterns: z.boolean().default(false),
  /** The design being edited, as JSON text, so that nothing is lost between launches. */
  draft: z.string().max(1_000_000).nullable().default(null),
  /** Runs that are hidden in charts. */
  hiddenRuns: z.array(z.string().max(64)).max(100_000).default([]),
  /** Columns of the runs table: order and visibility; null: the default. */
  runColumns: z.array(z.string().max(200)).max(500).nullable().default(null),
  views: z.array(savedViewSchema).max(1000).default([]),
  /** The table and the comparison as they were left, for the next launch. */
  workspace: z
    .strictObject({
      runsTable: runsTableSchema.nullable(),
      comparison: comparisonSchema.nullable(),
      comparedRunIds: z.array(z.string().max(64)).max(100_000),
    })
    .default({ runsTable: null, comparison: null, comparedRunIds: [] }),
  /** How many seeds a person ran last at once. */
  seedCount: z.int().min(1).max(1000).default(5),
})
export type Settings = z.output<typeof settingsSchema>

const kept = settingsSchema.shape
/** What is to change and nothing else: with their defaults, settings that are not named would be reset. */
const settingsChangeSchema = z
  .strictObject({
    theme: kept.theme.unwrap(),
    parallelRuns: kept.parallelRuns.unwrap(),
    kernel: kept.kernel.unwrap(),
    threads: kept.threads.unwrap(),
    patterns: kept.patterns.unwrap(),
    draft: kept.draft.unwrap(),
    hiddenRuns: kept.hiddenRuns.unwrap(),
    runColumns: kept.runColumns.unwrap(),
    views: kept.views.unwrap(),
    workspace: kept.workspace.unwrap(),
    seedCount: kept.seedCount.unwrap(),
  } satisfies Record<keyof Settings, z.ZodType>)
  .partial()

export interface ExportedFile {
  path: string
  /** Data rows written; 0 for pictures. */
  rows: number
  bytes: number
}

export interface ImportProgress {
  token: string
  bytesRead: number
  bytesTotal: number
}

/** Where in its training a run's stored weights are. */
export interface StoredAt {
  epoch: number
  step: number
}

/** How far an analysis is, in whatever it counts. */
export interface AnalysisProgress {
  token: string
  done: number
  total: number
  /** What is being done now; '' where the numbers say it. */
  text: string
}

/** One run beside another of the same design and data: how far apart they are. */
export interface RepeatComparison {
  runId: string
  /** Losses that both logged, of steps and of epochs. */
  points: number
  /** The largest difference of any of them, and where it is first met; null where there is none to compare. */
  loss: { difference: number; metric: string; step: number } | null
  /** The largest difference of a weight or bias; null where the last ones stored are of different steps. */
  weights: { difference: number; step: number } | null
  /** The largest difference of a step's losses over each stretch of steps. */
  curve: { step: Float64Array; difference: Float64Array }
}

// ---- benchmark ------------------------------------------------------------------------------------

export const WORKLOAD_NAMES = ['A', 'B', 'C', 'D', 'E'] as const
export type WorkloadName = (typeof WORKLOAD_NAMES)[number]

export interface Measurement {
  workload: WorkloadName
  kernel: KernelName
  threads: number
}

export interface BenchmarkPlan {
  cpu: string
  cores: number
  runtime: string
  workloads: readonly { name: WorkloadName; title: string; details: string }[]
  measurements: readonly Measurement[]
}

export interface Measured {
  /** As it is recorded with a run, e.g. "native-f32 x2". */
  kernel: string
  /** Samples a second. */
  best: number
  median: number
  slices: number
}

/** Commands of the native menu; the renderer's command table answers them. */
export const MENU_COMMANDS = [
  'new-experiment',
  'import-csv',
  'import-images',
  'export-runs',
  'run',
  'undo',
  'redo',
  'go-design',
  'go-runs',
  'go-compare',
  'go-datasets',
  'go-settings',
  'palette',
  'shortcuts',
  'verify',
  'about',
] as const
export type MenuCommand = (typeof MENU_COMMANDS)[number]

// ---- calls ----------------------------------------------------------------------------------------

const runId = z.string().min(1).max(64)
const runIds = z.array(runId).min(1).max(100_000)
const runName = z.string().trim().min(1).max(120)
const tag = z.string().trim().min(1).max(60)
const token = z.string().min(1).max(64)
const metricName = z.string().min(1).max(120)
const anyRunIds = z.array(runId).max(100_000)
const nothing = z.undefined()
/** Checked by the engine's own spec parser, which names every problem. */
const unparsedSpec = z.unknown()

const csvOptions = z.strictObject({
  delimiter: z.enum([',', ';', '\t', '|']).nullable(),
  decimal: z.enum(['.', ',']).nullable(),
  hasHeader: z.boolean().nullable(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).nullable(),
  skipBadRows: z.boolean(),
})

/** What an analysis is about: a design at its starting weights, or a run at those stored last. */
const analysisSubject = z.union([z.strictObject({ spec: unparsedSpec }), z.strictObject({ runId })])
export type AnalysisSubject = z.output<typeof analysisSubject>

/** Examples of one part of the data, in order from one (its place in the part, from 0), or drawn by a seed. */
const batchChoice = z.strictObject({
  part: z.enum(['training', 'validation', 'test']),
  examples: z.int().min(1).max(1000),
  from: z.union([
    z.strictObject({ firstExample: z.int().min(0).max(LIMITS.samples) }),
    z.strictObject({ seed: z.int().min(0).max(LIMITS.seed) }),
  ]),
})

/** One example by its place in a part of the data, from 0. */
const examplePlace = z.strictObject({
  part: z.enum(['training', 'validation', 'test']),
  example: z.int().min(0).max(LIMITS.samples),
})
const microscopeId = z.int().min(1)
const cellIndex = z.int().min(0).max(1e9)

/** Name -> schema of the input. */
export const CALL_INPUTS = {
  'app.info': nothing,
  'app.copyText': z.strictObject({ text: z.string().max(10_000_000) }),
  /** A PNG file, to the clipboard. */
  'app.copyPicture': z.strictObject({
    bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= 100_000_000, 'it is over 100 MB'),
  }),
  'settings.get': nothing,
  'settings.set': settingsChangeSchema,
  'datasets.list': nothing,
  'datasets.preview': z.strictObject({ dataset: unparsedSpec }),
  /** Opens the native file dialog; answers with a token that stands for the chosen file, null when canceled. */
  'datasets.chooseCsv': nothing,
  'datasets.previewCsv': z.strictObject({ token, options: csvOptions }),
  'datasets.importCsv': z.strictObject({ token, options: csvOptions, name: runName }),
  /** Opens the native file dialog; answers with one token for all chosen files, null when canceled. */
  'datasets.chooseImages': nothing,
  'datasets.previewImages': z.strictObject({ token }),
  'datasets.importImages': z.strictObject({ token, name: runName }),
  'datasets.cancelImport': z.strictObject({ token }),
  'datasets.remove': z.strictObject({ hash: z.string().length(64) }),
  'datasets.restore': z.strictObject({ hash: z.string().length(64) }),
  /** With what kernel: that of the settings where it is left out. */
  'runs.start': z.strictObject({ spec: unparsedSpec, kernel: z.enum(KERNEL_CHOICES).optional() }),
  /** The same design once with each seed, in that order; each is named after its seed. All are queued, or none. */
  'runs.startSeeds': z.strictObject({
    spec: unparsedSpec,
    seeds: z
      .array(z.int().min(0).max(LIMITS.seed))
      .min(1)
      .max(1000)
      .refine((seeds) => new Set(seeds).size === seeds.length, 'a seed is there twice'),
    kernel: z.enum(KERNEL_CHOICES).optional(),
  }),
  'runs.list': nothing,
  'runs.listTrash': nothing,
  /** Those of them that are not in the trash. */
  'runs.rows': z.strictObject({ ids: runIds }),
  'runs.detail': z.strictObject({ id: runId }),
  /** Of STEP_COLUMNS those that the list names, all without one; what is measured by epoch is always there. */
  'runs.curves': z.strictObject({ ids: runIds, metrics: z.array(metricName).max(100).optional() }),
  /** One metric of many runs at one epoch, in the order of the ids. */
  'runs.valuesAt': z.strictObject({ ids: runIds, metric: metricName, epoch: z.int().min(1).max(1e9) }),
  'runs.inspection': z.strictObject({ id: runId, epoch: z.int().min(0).nullable() }),
  'runs.weights': z.strictObject({ id: runId }),
  'runs.pause': z.strictObject({ id: runId }),
  'runs.resume': z.strictObject({ id: runId }),
  'runs.stop': z.strictObject({ id: runId }),
  'runs.rename': z.strictObject({ id: runId, name: runName }),
  'runs.setTags': z.strictObject({ ids: runIds, add: z.array(tag).max(100), remove: z.array(tag).max(100) }),
  'runs.setNote': z.strictObject({ id: runId, note: z.string().max(100_000) }),
  /** Moves to the trash; runs.restore undoes it. A run in training is stopped first. */
  'runs.delete': z.strictObject({ ids: runIds }),
  'runs.restore': z.strictObject({ ids: runIds }),
  /** Deletes runs that lie in the trash, and all that was logged of them, for ever. */
  'runs.purge': z.strictObject({ ids: runIds }),
  'runs.setArchived': z.strictObject({ ids: runIds, isArchived: z.boolean() }),
  'runs.setLocked': z.strictObject({ ids: runIds, isLocked: z.boolean() }),
  /** Asks for a place by the native save dialog; null when canceled. runIds null: all runs outside the trash. */
  'exports.csv': z.strictObject({
    format: z.enum(['runs', 'long', 'wide']),
    runIds: runIds.nullable(),
    /** These alone; all where it is left out. */
    metrics: z.array(metricName).min(1).max(100).optional(),
    token: token.optional(),
  }),
  /**
   * What a comparison shows, as it shows it: the numbers of a chart, its picture, or the report of all. An export with
   * a token tells by analysis.progress how far it is, and ends at exports.cancel without a file.
   */
  'exports.seen': z.strictObject({
    token: token.optional(),
    format: z.enum(['csv', 'svg', 'html']),
    runIds,
    hiddenRunIds: anyRunIds,
    comparison: comparisonSchema,
    /** Which of comparison.charts; of a report all are shown. */
    chart: z
      .int()
      .min(0)
      .max(MOST_CHARTS - 1),
    theme: z.enum(['light', 'dark']),
    /** Of a chart, in CSS pixels. */
    width: z.int().min(100).max(10_000),
    height: z.int().min(100).max(10_000),
  }),
  /** A token that is not known has ended. */
  'exports.cancel': z.strictObject({ token }),
  'exports.png': z.strictObject({ name: z.string().max(200), bytes: z.instanceof(Uint8Array) }),
  'exports.svg': z.strictObject({ name: z.string().max(200), text: z.string().max(50_000_000) }),
  'exports.spec': z.strictObject({ spec: unparsedSpec }),
  /** Shows a file that an export wrote in the file manager. */
  'exports.reveal': z.strictObject({ path: z.string().max(4096) }),
  /** The token is chosen by who asks and names this question in progress and cancel. */
  'analysis.checkGradients': z.strictObject({ token, subject: analysisSubject, batch: batchChoice }),
  /**
   * One example through the model as it is after so many steps: of a run, which is trained again up to there, or of
   * a design. What was asked before is near: the next step or example is answered at once.
   */
  'analysis.openMicroscope': z.strictObject({
    token,
    subject: analysisSubject,
    step: z.int().min(0).max(1e15),
    place: examplePlace,
  }),
  /** The id is that of the last openMicroscope; after another one it is refused as a conflict. */
  'analysis.traceCell': z.strictObject({ id: microscopeId, layer: cellIndex, cell: cellIndex }),
  'analysis.traceParameter': z.strictObject({
    id: microscopeId,
    layer: cellIndex,
    kind: z.enum(['weight', 'bias']),
    index: cellIndex,
  }),
  'analysis.verify': z.strictObject({
    token,
    systems: z.array(z.enum(SOURCE_SYSTEMS)).min(1).max(SOURCE_SYSTEMS.length),
    isQuick: z.boolean(),
  }),
  /** How far runs of the same design and data are from one of them. */
  'analysis.compareRepeats': z.strictObject({ token, runId, others: z.array(runId).min(1).max(100) }),
  /** A token that is not known has ended. */
  'analysis.cancel': z.strictObject({ token }),
  /** Refused while a run trains. */
  'benchmark.plan': nothing,
  'benchmark.measure': z.strictObject({
    token,
    workload: z.enum(WORKLOAD_NAMES),
    kernel: z.enum(KERNEL_NAMES),
    threads: z.int().min(1).max(1024),
    ms: z.int().min(1).max(60_000),
  }),
  'benchmark.cancel': z.strictObject({ token }),
} as const satisfies Record<string, z.ZodType>

export type CallName = keyof typeof CALL_INPUTS
export const CALL_NAMES = Object.keys(CALL_INPUTS) as CallName[]
export type CallInput<N extends CallName> = z.input<(typeof CALL_INPUTS)[N]>

/** Name -> type of the answer. */
export interface CallOutputs {
  'app.info': AppInfo
  'app.copyText': null
  'app.copyPicture': null
  'settings.get': Settings
  'settings.set': Settings
  'datasets.list': readonly ImportedInfo[]
  'datasets.preview': DatasetPreview
  'datasets.chooseCsv': { token: string; fileName: string } | null
  'datasets.previewCsv': CsvPreview
  'datasets.importCsv': TableInfo
  'datasets.chooseImages': { token: string; fileNames: readonly string[] } | null
  'datasets.previewImages': ImageSetPreview
  'datasets.importImages': ImageSetInfo
  'datasets.cancelImport': null
  'datasets.remove': null
  'datasets.restore': null
  'runs.start': RunSummary
  'runs.startSeeds': readonly RunSummary[]
  /** All outside the trash, archived ones as well. */
  'runs.list': readonly RunSummary[]
  'runs.listTrash': readonly RunSummary[]
  'runs.rows': readonly RunSummary[]
  'runs.detail': RunDetail
  'runs.curves': readonly ChosenCurves[]
  /** NaN where it was not measured; `measured` tells that from a NaN that was. */
  'runs.valuesAt': { values: Float64Array; measured: Uint8Array }
  'runs.inspection': Inspection | null
  'runs.weights': { epoch: number; step: number; layers: readonly LayerWeights[] } | null
  'runs.pause': null
  'runs.resume': null
  'runs.stop': null
  'runs.rename': RunSummary
  /** Of changes of many runs: the changed rows; none of more than a few hundred, which runs.stale tells. */
  'runs.setTags': readonly RunSummary[]
  'runs.setNote': RunSummary
  'runs.delete': null
  'runs.restore': readonly RunSummary[]
  'runs.purge': null
  'runs.setArchived': readonly RunSummary[]
  'runs.setLocked': readonly RunSummary[]
  'exports.csv': ExportedFile | null
  'exports.seen': ExportedFile | null
  'exports.cancel': null
  'exports.png': ExportedFile | null
  'exports.svg': ExportedFile | null
  'exports.spec': ExportedFile | null
  'exports.reveal': null
  /** storedAt: of a run's weights; null for a design's starting weights. */
  'analysis.checkGradients': { report: GradientReport; storedAt: StoredAt | null }
  'analysis.openMicroscope': { id: number; trace: Trace }
  'analysis.traceCell': CellTrace
  'analysis.traceParameter': ParameterTrace
  'analysis.verify': Verification
  /** In the order in which they were asked for. */
  'analysis.compareRepeats': readonly RepeatComparison[]
  'analysis.cancel': null
  'benchmark.plan': BenchmarkPlan
  'benchmark.measure': Measured
  'benchmark.cancel': null
}
export type CallOutput<N extends CallName> = CallOutputs[N]

// ---- reader ---------------------------------------------------------------------------------------

/**
 * Long reads. A process of its own answers them straight to the page by a message port, packed as below; where there
 * is none, main answers them like any other call.
 */
export const READER_CALLS = [
  'runs.list',
  'runs.listTrash',
  'runs.rows',
  'runs.curves',
  'runs.valuesAt',
] as const
export type ReaderCall = (typeof READER_CALLS)[number]

export interface ReaderQuestion {
  id: number
  name: string
  input: unknown
}
export interface ReaderReply {
  id: number
  result: Result<unknown>
}

/** Rows of runs without their repetitions. electron/run-log/pack-runs.ts packs, renderer/unpack.ts unpacks. */
export interface PackedRuns {
  count: number
  /** Each text once, and null. */
  texts: readonly (string | null)[]
  /** Of each row the same number of texts, by their places. */
  textsOfRows: Uint32Array
  /** Of each row the same number of numbers; NaN stands for null. */
  numbersOfRows: Float64Array
  /** Tags of all rows one after another, by the places of their texts. */
  tags: Uint32Array
  /** Hyperparameters as JSON, but for name and seed; runs of one experiment share them. */
  designs: readonly string[]
  /** Names of metrics that are measured together. */
  metricSets: readonly (readonly string[])[]
  /** Last, best and epoch of the best of each metric, row after row. */
  metrics: Float64Array
  /** Row after row. */
  sparklines: Float64Array
}

/** Curves whose steps are told by where they begin. */
export interface PackedCurves extends Omit<ChosenCurves, 'steps'> {
  steps: Omit<ChosenCurves['steps'], 'step'> & {
    /** First step, stride and count of one stretch of points after another. */
    stretches: Float64Array
  }
}

/** Name -> what the reader answers in place of CallOutputs. */
export interface ReaderOutputs {
  'runs.list': PackedRuns
  'runs.listTrash': PackedRuns
  'runs.rows': PackedRuns
  'runs.curves': readonly PackedCurves[]
  'runs.valuesAt': CallOutputs['runs.valuesAt']
}

// ---- events ---------------------------------------------------------------------------------------

/** What a training run reported since the last message; it is in the log before it is sent here. */
export interface RunMetricsEvent {
  runId: string
  chunk: SentChunk | null
  epochs: SentEpochs
  progress: Progress
  activeMs: number
  /** Examples a second over the last second or so; null while paused. */
  samplesPerSecond: number | null
  /** Estimated training time left; null before it can be told. */
  remainingMs: number | null
}

/** Name -> payload. */
export interface Events {
  /** New or changed rows, whatever the reason (status, name, tags, another process wrote them). */
  'runs.changed': { runs: readonly RunSummary[] }
  'runs.removed': { ids: readonly string[] }
  /** So many runs changed that their rows are read with runs.rows, and not sent. */
  'runs.stale': { ids: readonly string[] }
  'run.metrics': RunMetricsEvent
  'run.inspection': { runId: string; inspection: Inspection }
  'datasets.changed': { datasets: readonly ImportedInfo[] }
  /** Settings changed elsewhere than in this window, e.g. the theme by the native menu. */
  'settings.changed': { settings: Settings }
  'import.progress': ImportProgress
  'analysis.progress': AnalysisProgress
  'app.command': { command: MenuCommand }
  /** Something a person should know that no call of theirs asked for. */
  'app.notice': { level: 'info' | 'warning' | 'error'; message: string; hint: string }
  'app.database': { path: string; bytes: number; readOnly: string | null }
}
export type EventName = keyof Events

/** What the preload puts on `window.descent`; nothing else reaches the page. */
export interface Bridge {
  call(name: string, input: unknown): Promise<unknown>
  on(listener: (name: string, payload: unknown) => void): () => void
  /**
   * Asks for a port to the reader. It comes as a message of the window to itself with this text, now and after each
   * start of a new reader; without a port where there is no reader.
   */
  openReader(): void
  readonly readerMessage: string
}
