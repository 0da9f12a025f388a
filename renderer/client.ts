// The renderer's end of the contract: `call` answers with a value or throws a DescentError,
// `on` listens to one event. Nothing else in the renderer touches `window.descent`.

import type { Bridge, CallInput, CallName, CallOutput, EventName, Events, Result } from '../electron/contract'
import { DescentError } from '../engine/errors'

declare global {
  interface Window {
    descent: Bridge
  }
}

/** @throws DescentError with the code, message and hint that main answered. */
export async function call<N extends CallName>(
  name: N,
  ...[input]: undefined extends CallInput<N> ? [] : [CallInput<N>]
): Promise<CallOutput<N>> {
  // Main is the only other end of this bridge and types its answers by the same contract.
  const result = (await window.descent.call(name, input)) as Result<CallOutput<N>>
  if (result.ok) return result.value
  const { code, message, hint, problems } = result.error
  throw new DescentError(code, message, hint, problems)
}

type Listener<N extends EventName> = (payload: Events[N]) => void
const listeners = new Map<string, Set<(payload: never) => void>>()
let stopBridge: (() => void) | null = null

/** Calls the listener on each such event; answers with the function that stops it. */
export function on<N extends EventName>(name: N, listener: Listener<N>): () => void {
  stopBridge ??= window.descent.on((eventName, payload) => {
    for (const each of listeners.get(eventName) ?? []) each(payload as never)
  })
  const set = listeners.get(name) ?? new Set()
  listeners.set(name, set)
  set.add(listener)
  return () => set.delete(listener)
}
