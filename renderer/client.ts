// The renderer's end of the contract: `call` answers with a value or throws a DescentError,
// `on` listens to one event. Nothing else in the renderer touches `window.descent`.

import type {
  Bridge,
  CallInput,
  CallName,
  CallOutput,
  EventName,
  Events,
  ReaderCall,
  ReaderOutputs,
  Result,
  RunSummary,
} from '../electron/contract'
import { isReaderCall, read } from './reader'
import { unpackCurves, unpackRuns } from './unpack'
import { DescentError } from '../engine/errors'

declare global {
  interface Window {
    descent: Bridge
  }
}

/** Rows unpacked in one go: some milliseconds. */
const ROWS_AT_ONCE = 1000

/** @throws DescentError with the code, message and hint that main answered. */
export async function call<N extends CallName>(
  name: N,
  ...[input]: undefined extends CallInput<N> ? [] : [CallInput<N>]
): Promise<CallOutput<N>> {
  if (isReaderCall(name)) return callReader(name, input) as Promise<CallOutput<N>>
  // Main is the only other end of this bridge and types its answers by the same contract.
  return valueOf((await window.descent.call(name, input)) as Result<CallOutput<N>>)
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value
  const { code, message, hint, problems } = result.error
  throw new DescentError(code, message, hint, problems)
}

async function callReader(name: ReaderCall, input: unknown): Promise<CallOutput<ReaderCall>> {
  const { from, result } = await read(name, input)
  if (from === 'main') return valueOf(result as Result<CallOutput<ReaderCall>>)
  if (name === 'runs.curves') return unpackCurves(valueOf(result as Result<ReaderOutputs[typeof name]>))
  if (name === 'runs.valuesAt') return valueOf(result as Result<ReaderOutputs[typeof name]>)
  const packed = valueOf(result as Result<ReaderOutputs[typeof name]>)
  const runs: RunSummary[] = []
  for (const some of unpackRuns(packed, ROWS_AT_ONCE)) {
    for (const run of some) runs.push(run)
    // The page draws and hears between.
    if (runs.length < packed.count) await new Promise((resolve) => setTimeout(resolve))
  }
  return runs
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
