// Calls that compute long about a network. They run in the analysis process; here is only who asked for what.

import { Analyses } from '../analyses'
import type { Handlers } from '../rpc'
import type { HandlerContext } from './context'

type Names = 'analysis.cancel'

export function analysisHandlers(context: HandlerContext): Pick<Handlers, Names> {
  const analyses = new Analyses(context.analysis, context.publish)

  return {
    'analysis.cancel': ({ token }) => {
      analyses.cancel(token)
      return null
    },
  }
}
