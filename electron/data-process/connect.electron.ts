// The data process, the analysis process and that of the benchmark as utility processes: the trainer's own bundle, in its other role.

import { explainEnd } from '../run-control/explain-end'
import { startUtility } from '../run-control/utility-process.electron'
import type { ConnectData } from './client'
import { DATA_SERVICE_ARGUMENT, type DataReply } from './protocol'

/** What the system's process list calls each of them. */
const SERVICES = {
  data: 'Descent data',
  analysis: 'Descent analysis',
  benchmark: 'Descent benchmark',
} as const

/** @param modulePath the built trainer entry */
export function connectDataFrom(
  modulePath: string,
  service: keyof typeof SERVICES,
  report: (message: string) => void,
): ConnectData {
  return ({ onReply, onEnd }) =>
    startUtility({
      modulePath,
      args: [DATA_SERVICE_ARGUMENT],
      serviceName: SERVICES[service],
      // Our own entry is the only sender on this port.
      onMessage: (message) => onReply(message as DataReply),
      onEnd: (end) => {
        const reason = explainEnd(end, 'training').replace('The trainer', `The ${service} process`)
        if (end.errorText) report(end.errorText)
        onEnd(reason)
      },
    })
}
