// Calls that write files a person takes away. Each asks for the place first.

import { resolve } from 'node:path'
import { DescentError } from '../../../engine/errors'
import { parseSpec } from '../../../engine/spec/parse'
import type { CallInput, ExportedFile } from '../../contract'
import type { DataQuestions } from '../../data-process/protocol'
import { writeWholeFile } from '../../export'
import { Analyses } from '../analyses'
import { safeFileName } from '../chosen-files'
import type { Handlers } from '../rpc'
import type { HandlerContext } from './context'

type Names =
  | 'exports.csv'
  | 'exports.seen'
  | 'exports.cancel'
  | 'exports.png'
  | 'exports.svg'
  | 'exports.spec'
  | 'exports.reveal'
type CsvExport = CallInput<'exports.csv'>
type SeenExport = CallInput<'exports.seen'>

const CSV_TITLES: Record<CsvExport['format'], string> = {
  runs: 'Export the Table of Runs',
  long: 'Export Metrics, One Row a Value',
  wide: 'Export Metrics, One Column a Run',
}

const SEEN_FILES = {
  csv: { ending: 'csv', name: 'CSV', title: 'Export the Chart as CSV' },
  svg: { ending: 'svg', name: 'Picture', title: 'Export the Chart as SVG' },
  html: { ending: 'html', name: 'Web page', title: 'Export a Report' },
} as const

const seenFile = ({ format }: SeenExport): (typeof SEEN_FILES)[SeenExport['format']] => SEEN_FILES[format]

/** "val loss, 12 runs", "report, 12 runs" */
function seenSubject({ format, comparison, chart, runIds, hiddenRunIds }: SeenExport): string {
  const hidden = new Set(hiddenRunIds)
  const count = runIds.filter((id) => !hidden.has(id)).length
  const what = format === 'html' ? 'report' : (comparison.charts[chart]?.metric ?? 'chart').replace('/', ' ')
  return `${what}, ${count} ${count === 1 ? 'run' : 'runs'}`
}

export function exportHandlers(context: HandlerContext): Pick<Handlers, Names> {
  const { log, data, dialogs, facts, publish, reveal } = context
  const underWay = new Analyses(data, publish)
  /** Only what was written in this session is shown in the file manager. */
  const written = new Set<string>()

  /** With a token it tells how far it is and can be canceled. */
  function ask<Q extends 'exportCsv' | 'exportSeen'>(
    token: string | undefined,
    question: Q,
    input: DataQuestions[Q]['input'],
  ): Promise<ExportedFile> {
    return token === undefined ? data.ask(question, input).answer : underWay.ask(token, question, input)
  }

  function note(file: ExportedFile): ExportedFile {
    written.add(resolve(file.path))
    return file
  }

  function write(path: string, content: Uint8Array | string): ExportedFile {
    const bytes = writeWholeFile(path, (writePart) => writePart(content))
    return note({ path, rows: 0, bytes })
  }

  /** "MNIST loss" for one run, "3 runs" for several. */
  function subject({ runIds }: Pick<CsvExport, 'runIds'>): string {
    if (runIds === null) return 'runs'
    if (runIds.length > 1) return `${runIds.length} runs`
    const run = log.getRun(runIds[0])
    if (!run)
      throw new DescentError('not-found', `There is no run ${runIds[0]}.`, 'It may have been deleted.')
    return run.name
  }

  return {
    'exports.csv': async ({ token, ...request }) => {
      const name = safeFileName(
        request.format === 'runs' ? subject(request) : `${subject(request)} ${request.format}`,
        'csv',
      )
      const path = await dialogs.save(CSV_TITLES[request.format], name, [
        { name: 'CSV', extensions: ['csv'] },
      ])
      if (path === null) return null
      return note(await ask(token, 'exportCsv', { databasePath: log.path, request, path }))
    },
    'exports.seen': async ({ token, ...request }) => {
      const { ending, name, title } = seenFile(request)
      const filters = [{ name, extensions: [ending] }]
      const path = await dialogs.save(title, safeFileName(seenSubject(request), ending), filters)
      if (path === null) return null
      const stamp = { at: Date.now(), version: facts.version }
      return note(await ask(token, 'exportSeen', { databasePath: log.path, request, stamp, path }))
    },
    'exports.cancel': ({ token }) => {
      underWay.cancel(token)
      return null
    },
    'exports.png': async ({ name, bytes }) => {
      const filters = [{ name: 'Picture', extensions: ['png'] }]
      const path = await dialogs.save('Export Picture', safeFileName(name, 'png'), filters)
      return path === null ? null : write(path, bytes)
    },
    'exports.svg': async ({ name, text }) => {
      const filters = [{ name: 'Picture', extensions: ['svg'] }]
      const path = await dialogs.save('Export Picture', safeFileName(name, 'svg'), filters)
      return path === null ? null : write(path, text)
    },
    'exports.spec': async ({ spec: input }) => {
      const spec = parseSpec(input)
      const filters = [{ name: 'Experiment', extensions: ['json'] }]
      const path = await dialogs.save('Export Experiment', safeFileName(spec.name, 'json'), filters)
      return path === null ? null : write(path, `${JSON.stringify(spec, null, 2)}\n`)
    },
    'exports.reveal': ({ path }) => {
      if (!written.has(resolve(path))) {
        throw new DescentError(
          'not-allowed',
          `${path} was not exported in this session.`,
          'Look it up in the file manager.',
        )
      }
      reveal(path)
      return null
    },
  }
}
