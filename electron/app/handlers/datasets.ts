// Calls about data sets. What reads or measures them runs in the data process; here is only who asked for what.

import { DescentError } from '../../../engine/errors'
import type { DatasetPreview } from '../../../engine/data/preview'
import { parseDataset } from '../parse-dataset'
import type { Asking } from '../../data-process/client'
import type { QuestionProgress } from '../../data-process/protocol'
import type { Handlers } from '../rpc'
import type { HandlerContext } from './context'

type Names =
  | 'datasets.list'
  | 'datasets.preview'
  | 'datasets.chooseCsv'
  | 'datasets.previewCsv'
  | 'datasets.importCsv'
  | 'datasets.chooseImages'
  | 'datasets.previewImages'
  | 'datasets.importImages'
  | 'datasets.cancelImport'
  | 'datasets.remove'
  | 'datasets.restore'

/** Previews kept, newest last; a person goes back and forth between a few. */
const KEPT_PREVIEWS = 20
const CSV_FILES = [
  { name: 'Tables', extensions: ['csv', 'tsv', 'txt'] },
  { name: 'All files', extensions: ['*'] },
]
/** IDX files have no ending of their own: train-images-idx3-ubyte. */
const IDX_FILES = [{ name: 'All files', extensions: ['*'] }]

export function datasetHandlers(context: HandlerContext): Pick<Handlers, Names> {
  const { data, store, dialogs, files, publish } = context
  const previews = new Map<string, Promise<DatasetPreview>>()
  const imports = new Map<string, () => void>()

  async function publishList(): Promise<void> {
    previews.clear()
    publish('datasets.changed', { datasets: await store.list() })
  }

  /** One import at a time of what a token stands for; its progress is told and it can be canceled. */
  async function runImport<T>(
    token: string,
    ask: (onProgress: (progress: QuestionProgress) => void) => Asking<T>,
  ): Promise<T> {
    if (imports.has(token)) {
      throw new DescentError('conflict', 'This is being imported already.', 'Wait for it, or cancel it.')
    }
    const { answer, cancel } = ask(({ done, total }) =>
      publish('import.progress', { token, bytesRead: done, bytesTotal: total }),
    )
    imports.set(token, cancel)
    try {
      const imported = await answer
      await publishList()
      return imported
    } finally {
      imports.delete(token)
    }
  }

  return {
    'datasets.list': () => store.list(),

    'datasets.preview': ({ dataset: input }) => {
      const dataset = parseDataset(input)
      const key = JSON.stringify(dataset)
      const known = previews.get(key)
      if (known) return known
      const { answer } = data.ask('preview', { dataset, datasetFolder: store.folder })
      previews.set(key, answer)
      // A failure may pass (a file that comes back): it is not kept.
      answer.catch(() => previews.delete(key))
      if (previews.size > KEPT_PREVIEWS) previews.delete([...previews.keys()][0])
      return answer
    },

    'datasets.chooseCsv': async () => {
      const path = await dialogs.open('Import CSV', CSV_FILES)
      return path === null ? null : files.add(path)
    },

    'datasets.previewCsv': ({ token, options }) =>
      data.ask('previewCsv', { path: files.path(token), options }).answer,

    'datasets.importCsv': ({ token, options, name }) => {
      const input = { path: files.path(token), options, name, datasetFolder: store.folder }
      return runImport(token, (onProgress) => data.ask('importCsv', input, onProgress))
    },

    'datasets.chooseImages': async () => {
      const paths = await dialogs.openSeveral('Import Images', IDX_FILES)
      return paths === null ? null : files.addSeveral(paths)
    },

    'datasets.previewImages': ({ token }) => data.ask('previewImages', { paths: files.paths(token) }).answer,

    'datasets.importImages': ({ token, name }) => {
      const input = { paths: files.paths(token), name, datasetFolder: store.folder }
      return runImport(token, (onProgress) => data.ask('importImages', input, onProgress))
    },

    'datasets.cancelImport': ({ token }) => {
      imports.get(token)?.()
      return null
    },

    'datasets.remove': async ({ hash }) => {
      await store.remove(hash)
      await publishList()
      return null
    },

    'datasets.restore': async ({ hash }) => {
      await store.restore(hash)
      await publishList()
      return null
    },
  }
}
