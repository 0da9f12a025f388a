export { RunControl, type RunControlOptions } from './run-control'
export { defaultParallelRuns } from './run-queue'
