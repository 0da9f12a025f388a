// The utility process: trains the one job it is sent, or answers questions about data sets, by its first argument.
// It ends with its job, and Electron ends it when the main process is gone.

import { DATA_SERVICE_ARGUMENT } from '../data-process/protocol'
import { serveData } from '../data-process/serve'
import { serveTraining } from './serve-training'

const port = process.parentPort
if (process.argv.includes(DATA_SERVICE_ARGUMENT)) serveData(port)
else serveTraining(port)
