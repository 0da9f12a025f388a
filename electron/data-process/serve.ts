// The data process and the analysis process: answer questions about data sets and networks, and write exports.

import type { ParentPort } from 'electron'
import { prepareData } from '../../engine/data/prepare'
import { previewOf } from '../../engine/data/preview'
import { answerCheckGradients } from '../analysis/check-gradients'
import { answerOpenMicroscope, answerTraceCell, answerTraceParameter } from '../analysis/microscope'
import { answerCompareRepeats } from '../analysis/compare-repeats'
import { answerVerify } from '../analysis/verify-systems'
import { answerBenchmark } from '../benchmark/answer'
import { toCallError } from '../call-error'
import type { ExportedFile } from '../contract'
import { loadDataset, openDatasetStore, previewCsv, previewImages } from '../data'
import { csvPieces, seenPieces, writingPieces, type Pieces } from '../export'
import { openRunLog, type RunLog } from '../run-log'
import type { DataQuestion, DataQuestions, DataReply, DataRequest } from './protocol'
import { paced, type AnswerControl } from './paced'

/** Writes a file from a reader of its own: the application goes on writing to the log meanwhile. */
async function writtenFrom(
  databasePath: string,
  path: string,
  control: AnswerControl,
  piecesOf: (log: RunLog) => Pieces,
): Promise<ExportedFile> {
  const log = openRunLog(databasePath, { owner: 'app', readOnly: true })
  try {
    return await paced(writingPieces(piecesOf(log), path), control)
  } finally {
    log.close()
  }
}

const ANSWERS: {
  [Q in DataQuestion]: (
    input: DataQuestions[Q]['input'],
    control: AnswerControl,
  ) => Promise<DataQuestions[Q]['output']>
} = {
  async preview({ dataset, datasetFolder }) {
    const loaded = await loadDataset(dataset, openDatasetStore(datasetFolder))
    return previewOf(prepareData(dataset, loaded))
  },
  previewCsv: ({ path, options }, { signal }) => previewCsv(path, options, signal),
  importCsv: ({ path, options, name, datasetFolder }, { signal, onProgress }) =>
    openDatasetStore(datasetFolder).import(path, options, {
      name,
      signal,
      onProgress: ({ bytesRead, bytesTotal }) => onProgress({ done: bytesRead, total: bytesTotal }),
    }),
  previewImages: ({ paths }, { signal }) => previewImages(paths, { signal }),
  importImages: ({ paths, name, datasetFolder }, { signal, onProgress }) =>
    openDatasetStore(datasetFolder).importImages(paths, {
      name,
      signal,
      onProgress: ({ bytesRead, bytesTotal }) => onProgress({ done: bytesRead, total: bytesTotal }),
    }),
  exportCsv: ({ databasePath, request, path }, control) =>
    writtenFrom(databasePath, path, control, (log) => csvPieces(log, request)),
  exportSeen: ({ databasePath, request, stamp, path }, control) =>
    writtenFrom(databasePath, path, control, (log) => seenPieces(log, request, stamp)),
  checkGradients: answerCheckGradients,
  openMicroscope: answerOpenMicroscope,
  traceCell: answerTraceCell,
  traceParameter: answerTraceParameter,
  verify: answerVerify,
  compareRepeats: answerCompareRepeats,
  benchmark: answerBenchmark,
}

export function serveData(port: ParentPort): void {
  const send = (reply: DataReply): void => port.postMessage(reply)
  const underWay = new Map<number, AbortController>()

  async function answer(request: Extract<DataRequest, { kind: 'ask' }>): Promise<void> {
    const { id, question, input } = request
    const abort = new AbortController()
    underWay.set(id, abort)
    // The question and its input come from one object of the protocol's table.
    const work = ANSWERS[question] as (input: unknown, control: AnswerControl) => Promise<unknown>
    try {
      const value = await work(input, {
        signal: abort.signal,
        onProgress: (progress) => send({ kind: 'progress', id, progress }),
      })
      send({ kind: 'answer', id, value })
    } catch (thrown) {
      send({ kind: 'error', id, error: toCallError(thrown, (details) => console.error(details)) })
    } finally {
      underWay.delete(id)
    }
  }

  port.on('message', ({ data }) => {
    const request = data as DataRequest
    if (request.kind === 'cancel') underWay.get(request.id)?.abort()
    else void answer(request)
  })
}
