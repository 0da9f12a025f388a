// The utility process: trains the jobs it is sent, one after another, or answers questions about data sets, by its
// first argument. It ends when it is told to, and Electron ends it when the main process is gone.

import { DATA_SERVICE_ARGUMENT } from '../data-process/protocol'

const port = process.parentPort
// Each role loads only what it needs: a run is to begin as soon as it is asked for.
if (process.argv.includes(DATA_SERVICE_ARGUMENT)) {
  void import('../data-process/serve').then(({ serveData }) => serveData(port))
} else {
  void import('./serve-training').then(({ serveTraining }) => serveTraining(port))
}
