export { createSession } from './training/session'
export type * from './training/session-types'
export type * from './training/types'
