// The utility process: trains the jobs it is sent, one after another, answers questions about data sets, or reads the
// log for the page, by its first argument. It ends when it is told to, and Electron ends it when the main process is gone.

import { databaseOfReader } from '../reader/protocol'
import { DATA_SERVICE_ARGUMENT } from '../data-process/protocol'

const port = process.parentPort
const readDatabase = databaseOfReader(process.argv)
// Each role loads only what it needs: a run is to begin as soon as it is asked for.
if (process.argv.includes(DATA_SERVICE_ARGUMENT)) {
  void import('../data-process/serve').then(({ serveData }) => serveData(port))
} else if (readDatabase !== null) {
  void import('../reader/serve').then(({ serveReader }) => serveReader(port, readDatabase))
} else {
  void import('./serve-training').then(({ serveTraining }) => serveTraining(port))
}
