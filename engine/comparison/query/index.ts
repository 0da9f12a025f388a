// Asking for runs: see parse.ts for the language, complete.ts for what is offered while it is typed.

export { complete, type Completion, type CompletionOption } from './complete'
export { indexFields, type FieldOptions } from './fields'
export { parseQuery } from './parse'
export { printQuery } from './print'
export type { FieldIndex, QueriedRun, Query, QueryError, QueryField, QueryNode, QueryToken } from './types'
