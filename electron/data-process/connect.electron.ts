// The data process as a utility process: the trainer's own bundle, in its other role.

import { explainEnd } from '../run-control/explain-end'
import { startUtility } from '../run-control/utility-process.electron'
import type { ConnectData } from './client'
import { DATA_SERVICE_ARGUMENT, type DataReply } from './protocol'

/** @param modulePath the built trainer entry */
export function connectDataFrom(modulePath: string, report: (message: string) => void): ConnectData {
  return ({ onReply, onEnd }) =>
    startUtility({
      modulePath,
      args: [DATA_SERVICE_ARGUMENT],
      serviceName: 'Descent data',
      // Our own entry is the only sender on this port.
      onMessage: (message) => onReply(message as DataReply),
      onEnd: (end) => {
        const reason = explainEnd(end, 'training').replace('The trainer', 'The data process')
        if (end.errorText) report(end.errorText)
        onEnd(reason)
      },
    })
}
