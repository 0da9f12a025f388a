// All call handlers, joined. A call of the contract that is missing here does not compile.

import type { Handlers } from '../rpc'
import { analysisHandlers } from './analysis'
import { applicationHandlers } from './application'
import { benchmarkHandlers } from './benchmark'
import type { HandlerContext } from './context'
import { datasetHandlers } from './datasets'
import { exportHandlers } from './exports'
import { runHandlers } from './runs'

export type { HandlerContext } from './context'

export function createHandlers(context: HandlerContext): Handlers {
  return {
    ...applicationHandlers(context),
    ...datasetHandlers(context),
    ...runHandlers(context),
    ...exportHandlers(context),
    ...analysisHandlers(context),
    ...benchmarkHandlers(context),
  }
}
