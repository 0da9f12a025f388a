// Messages between the main process and the data process, which reads and measures data sets and writes exports,
// so that the main process never waits for a file. Plain data, structured-clonable.

import type { DatasetPreview } from '../../engine/data/preview'
import type { CsvOptions, CsvPreview, TableInfo } from '../../engine/data/table'
import type { DatasetSpec } from '../../engine/spec/schema'
import type { CallError, ExportedFile } from '../contract'
import type { CsvRequest } from '../export'

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
  exportCsv: { input: { databasePath: string; request: CsvRequest; path: string }; output: ExportedFile }
}
export type DataQuestion = keyof DataQuestions

export type DataRequest =
  | {
      [Q in DataQuestion]: { kind: 'ask'; id: number; question: Q; input: DataQuestions[Q]['input'] }
    }[DataQuestion]
  | { kind: 'cancel'; id: number }

export type DataReply =
  | { kind: 'progress'; id: number; bytesRead: number; bytesTotal: number }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'error'; id: number; error: CallError }
