// What a query over runs is made of. The language itself is described in parse.ts.

import type { ComparedRun } from '../types'

/** A run as queries see it: a row of the runs table, or of the command line's list. */
export interface QueriedRun extends Omit<ComparedRun, 'experiment'> {
  experiment?: number
  note?: string
  datasetId?: string
  kernel?: string | null
  startedAt?: number | null
  isLocked?: boolean
  progress?: { step: number; totalSteps: number; epoch: number; totalEpochs: number }
}

export type FieldValue = string | number | readonly string[] | null

export interface QueryField {
  name: string
  /** For a list of fields: what it is, in a few words. */
  description: string
  kind: 'text' | 'number' | 'tags'
  /** Null where the run has no such thing. Of several texts, any may be the one that is asked for. */
  read: (run: QueriedRun) => FieldValue
}

export interface FieldIndex {
  /** Each field once, in the order in which they are offered. */
  list: readonly QueryField[]
  /** By its name or a short name, whatever the letter case. */
  find: (name: string) => QueryField | null
  /** The name that was probably meant by an unknown one. */
  suggest: (name: string) => string | null
}

export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>=', ':', '~', '!~'] as const
export type Comparison = (typeof COMPARISONS)[number]

export type QueryNode =
  | { kind: 'and' | 'or'; parts: readonly QueryNode[] }
  | { kind: 'not'; part: QueryNode }
  | { kind: 'word'; text: string }
  | { kind: 'compare'; field: string; operator: Comparison; value: string }
  | { kind: 'in'; field: string; values: readonly string[] }
  | { kind: 'is'; field: string; what: 'none' | 'nan' }

export interface QueryToken {
  kind: 'field' | 'operator' | 'value' | 'word' | 'keyword' | 'bracket'
  start: number
  end: number
}

export interface QueryError {
  message: string
  /** Its place in the text, never empty and never outside. */
  start: number
  end: number
}

export type Test = (run: QueriedRun) => boolean

export interface Query {
  tokens: readonly QueryToken[]
  /** The first thing that is wrong. What was understood around it holds, so that rows stay while a query is typed. */
  error: QueryError | null
  /** Conditions that hold. */
  conditions: number
  /** Null where nothing is asked for. */
  tree: QueryNode | null
  matches: Test
}
