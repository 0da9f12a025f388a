// Messages between the main process and the data process, which reads and measures data sets and writes exports,
// so that the main process never waits for a file, and the analysis process, a second one of the same code for what
// computes long. Plain data, structured-clonable. A new question is a line here and one in serve.ts.

import type { DatasetPreview } from '../../engine/data/preview'
import type { ImageSetInfo, ImageSetPreview } from '../../engine/data/idx-set'
import type { CsvOptions, CsvPreview, TableInfo } from '../../engine/data/table'
import type { CellTrace, ParameterTrace } from '../../engine/microscope/types'
import type { DatasetSpec } from '../../engine/spec/schema'
import type { GradientReport } from '../../engine/verification/gradient-check'
import type { Verification } from '../../engine/verification/verify'
import type { GradientQuestion } from '../analysis/check-gradients'
import type {
  CellQuestion,
  MicroscopeAnswer,
  MicroscopeQuestion,
  ParameterQuestion,
} from '../analysis/microscope'
import type { RepeatsQuestion } from '../analysis/compare-repeats'
import type { VerifyQuestion } from '../analysis/verify-systems'
import type { BenchmarkQuestion } from '../benchmark/answer'
import type { CallError, ExportedFile, Measured, RepeatComparison } from '../contract'
import type { CsvRequest, SeenRequest, Stamp } from '../export'

/** On the command line of the utility process: it is to answer questions about data. */
export const DATA_SERVICE_ARGUMENT = 'data-service'

/** Name -> what is asked and what is answered. */
export interface DataQuestions {
  preview: { input: { dataset: DatasetSpec; datasetFolder: string }; output: DatasetPreview }
  previewCsv: { input: { path: string; options: CsvOptions }; output: CsvPreview }
  importCsv: {
    input: { path: string; options: CsvOptions; name: string; datasetFolder: string }
    output: TableInfo
  }
  previewImages: { input: { paths: readonly string[] }; output: ImageSetPreview }
  importImages: {
    input: { paths: readonly string[]; name: string; datasetFolder: string }
    output: ImageSetInfo
  }
  exportSeen: {
    input: { databasePath: string; request: SeenRequest; stamp: Stamp; path: string }
    output: ExportedFile
  }
  exportCsv: { input: { databasePath: string; request: CsvRequest; path: string }; output: ExportedFile }
  checkGradients: { input: GradientQuestion; output: GradientReport }
  openMicroscope: { input: MicroscopeQuestion; output: MicroscopeAnswer }
  traceCell: { input: CellQuestion; output: CellTrace }
  traceParameter: { input: ParameterQuestion; output: ParameterTrace }
  verify: { input: VerifyQuestion; output: Verification }
  compareRepeats: { input: RepeatsQuestion; output: readonly RepeatComparison[] }
  benchmark: { input: BenchmarkQuestion; output: Measured }
}
export type DataQuestion = keyof DataQuestions

export type DataRequest =
  | {
      [Q in DataQuestion]: { kind: 'ask'; id: number; question: Q; input: DataQuestions[Q]['input'] }
    }[DataQuestion]
  | { kind: 'cancel'; id: number }

/** How far an answer is, in whatever its question counts: bytes of a file, parameters of a network. */
export interface QuestionProgress {
  done: number
  total: number
  /** What is being done now, for a person; absent where the numbers say it. */
  text?: string
}

export type DataReply =
  | { kind: 'progress'; id: number; progress: QuestionProgress }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'error'; id: number; error: CallError }
