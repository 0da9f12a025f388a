// Undo and redo as two stacks of whole states: a design is small, and its unchanged parts are shared.
// Edits with the same key in a row, such as the letters typed into one field, make one step.

export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** Key of the edit that made `present`; null once the next edit is a step of its own. */
  readonly openKey: string | null
}

const MAXIMUM_STEPS = 500

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], openKey: null }
}

export function record<T>(history: History<T>, present: T, key: string | null = null): History<T> {
  const continues = key !== null && key === history.openKey
  const past = continues ? history.past : [...history.past.slice(1 - MAXIMUM_STEPS), history.present]
  return { past, present, future: [], openKey: key }
}

/** Ends a step: the next edit with the same key begins another. */
export function close<T>(history: History<T>): History<T> {
  return history.openKey === null ? history : { ...history, openKey: null }
}

export function undo<T>({ past, present, future, ...rest }: History<T>): History<T> {
  const previous = past.at(-1)
  if (previous === undefined) return { past, present, future, ...rest }
  return { past: past.slice(0, -1), present: previous, future: [present, ...future], openKey: null }
}

export function redo<T>({ past, present, future, ...rest }: History<T>): History<T> {
  const [next, ...later] = future
  if (next === undefined) return { past, present, future, ...rest }
  return { past: [...past, present], present: next, future: later, openKey: null }
}
