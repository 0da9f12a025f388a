// Calls that write files a person takes away. Each asks for the place first.

import { resolve } from 'node:path'
import { DescentError } from '../../../engine/errors'
import { parseSpec } from '../../../engine/spec/parse'
import type { CallInput, ExportedFile } from '../../contract'
import { writeWholeFile } from '../../export'
import { safeFileName } from '../chosen-files'
import type { Handlers } from '../rpc'
import type { HandlerContext } from './context'

type Names = 'exports.csv' | 'exports.seen' | 'exports.png' | 'exports.spec' | 'exports.reveal'
type CsvExport = CallInput<'exports.csv'>

const CSV_TITLES: Record<CsvExport['format'], string> = {
  runs: 'Export the Table of Runs',
  long: 'Export Metrics, One Row a Value',
  wide: 'Export Metrics, One Column a Run',
}

export function exportHandlers({ log, data, dialogs, reveal }: HandlerContext): Pick<Handlers, Names> {
  /** Only what was written in this session is shown in the file manager. */
  const written = new Set<string>()

  function note(file: ExportedFile): ExportedFile {
    written.add(resolve(file.path))
    return file
  }

  function write(path: string, content: Uint8Array | string): ExportedFile {
    const bytes = writeWholeFile(path, (writePart) => writePart(content))
    return note({ path, rows: 0, bytes })
  }

  /** "MNIST loss" for one run, "3 runs" for several. */
  function subject({ runIds }: CsvExport): string {
    if (runIds === null) return 'runs'
    if (runIds.length > 1) return `${runIds.length} runs`
    const run = log.getRun(runIds[0])
    if (!run)
      throw new DescentError('not-found', `There is no run ${runIds[0]}.`, 'It may have been deleted.')
    return run.name
  }

  return {
    'exports.csv': async (request) => {
      const name = safeFileName(
        request.format === 'runs' ? subject(request) : `${subject(request)} ${request.format}`,
        'csv',
      )
      const path = await dialogs.save(CSV_TITLES[request.format], name, [
        { name: 'CSV', extensions: ['csv'] },
      ])
      if (path === null) return null
      return note(await data.ask('exportCsv', { databasePath: log.path, request, path }).answer)
    },
    'exports.seen': ({ format }) => {
      throw new DescentError(
        'internal',
        `This version of Descent can not export what a comparison shows as ${format.toUpperCase()}.`,
        'Export the logged metrics as CSV instead.',
      )
    },
    'exports.png': async ({ name, bytes }) => {
      const filters = [{ name: 'Picture', extensions: ['png'] }]
      const path = await dialogs.save('Export Picture', safeFileName(name, 'png'), filters)
      return path === null ? null : write(path, bytes)
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
