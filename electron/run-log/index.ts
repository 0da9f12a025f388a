export { openRunLog, type OpenOptions } from './open'
export { recordMessage, type RecordOptions } from './recorder'
export { SCHEMA_VERSION } from './migrations'
export type { Owner, RunLog } from './types'
