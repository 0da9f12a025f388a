// Calls about the application itself and its settings.

import { kernelFacts } from '../../kernels/availability'
import type { Handlers } from '../rpc'
import type { HandlerContext } from './context'

type Names = 'app.info' | 'app.copyText' | 'settings.get' | 'settings.set'

export function applicationHandlers(context: HandlerContext): Pick<Handlers, Names> {
  const { log, settings, store, facts } = context
  return {
    'app.info': () => ({
      ...facts,
      kernels: kernelFacts(),
      database: { path: log.path, bytes: log.bytes(), schemaVersion: log.schemaVersion },
      datasetFolder: store.folder,
      readOnly: log.readOnly,
    }),
    'app.copyText': ({ text }) => {
      context.copyText(text)
      return null
    },
    'settings.get': () => settings.get(),
    'settings.set': (change) => {
      const values = settings.set(change)
      context.onSettings()
      return values
    },
  }
}
