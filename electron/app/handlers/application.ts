// Calls about the application itself and its settings.

import { DescentError } from '../../../engine/errors'
import { kernelFacts } from '../../kernels/availability'
import type { Handlers } from '../rpc'
import type { HandlerContext } from './context'

type Names = 'app.info' | 'app.copyText' | 'app.copyPicture' | 'settings.get' | 'settings.set'

/** The first bytes of every PNG file. PNG (Third Edition) 5.2. */
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

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
    'app.copyPicture': async ({ bytes }) => {
      if (
        !PNG_SIGNATURE.every((byte, index) => bytes[index] === byte) ||
        !(await context.copyPicture(bytes))
      ) {
        throw new DescentError(
          'bad-input',
          `${bytes.length} bytes could not be read as a picture; a PNG file was expected.`,
          'Export the picture as a file instead.',
        )
      }
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
