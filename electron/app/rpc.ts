// Calls from the page, without a transport: who may call, what is a valid input, and what is answered.
// rpc.electron.ts puts it on Electron's IPC; tests use the in-memory pair below.

import type { z } from 'zod'
import { detailsOf, toCallError } from '../call-error'
import { CALL_INPUTS, type CallName, type CallOutputs, type Result } from '../contract'
import { DescentError, type Problem } from '../../engine/errors'

/** One function a call; it gets the parsed input. A call of the contract without a handler does not compile. */
export type Handlers = {
  [N in CallName]: (input: z.output<(typeof CALL_INPUTS)[N]>) => CallOutputs[N] | Promise<CallOutputs[N]>
}

export interface Caller {
  /** Whether it is the main frame of our own window, showing our own page. */
  isTrusted: boolean
  /** For the diagnostics file: where the call came from. */
  description: string
}

export type Answer = (caller: Caller, name: unknown, input: unknown) => Promise<Result<unknown>>

/** What answers some of the calls; their answers may cross in another form than the contract's. */
type SomeHandlers = Readonly<Partial<Record<CallName, (input: never) => unknown>>>

/**
 * Answers calls. Never throws and never rejects: everything ends in a Result.
 * @param report gets what a person is not shown: refused callers and defects.
 */
export function answerCalls(handlers: SomeHandlers, report: (message: string) => void): Answer {
  return async (caller, name, input) => {
    try {
      if (!caller.isTrusted) {
        report(`Refused a call of ${describe(name)} from ${caller.description}.`)
        throw new DescentError(
          'not-allowed',
          'This page may not call Descent.',
          'Use the window of the application.',
        )
      }
      const known = knownCall(handlers, name)
      return { ok: true, value: await run(handlers, known, parseInput(known, input)) }
    } catch (thrown) {
      return {
        ok: false,
        error: toCallError(thrown, () => report(`${describe(name)}: ${detailsOf(thrown)}`)),
      }
    }
  }
}

/** A caller and an answerer in one process, with the copy that a process border makes. */
export function inMemoryCaller(
  answer: Answer,
  caller: Caller,
): (name: unknown, input?: unknown) => Promise<Result<unknown>> {
  return async (name, input) =>
    structuredClone(await answer(caller, structuredClone(name), structuredClone(input)))
}

function knownCall(handlers: SomeHandlers, name: unknown): CallName {
  if (typeof name === 'string' && Object.hasOwn(CALL_INPUTS, name) && Object.hasOwn(handlers, name)) {
    return name as CallName
  }
  throw new DescentError(
    'not-allowed',
    `Unknown call ${describe(name)}.`,
    'The window and the main process are of different versions: restart Descent.',
  )
}

function parseInput(name: CallName, input: unknown): unknown {
  const parsed = CALL_INPUTS[name].safeParse(input)
  if (parsed.success) return parsed.data
  const problems: Problem[] = parsed.error.issues.map((issue) => ({
    path: pathOf(issue.path),
    message: issue.message,
  }))
  const [first] = problems
  throw new DescentError(
    'bad-input',
    `${name}: ${first?.path ? `${first.path}: ` : ''}${first?.message ?? 'invalid input'}.`.replace(
      /\.\.$/,
      '.',
    ),
    'Correct the value and try again.',
    problems,
  )
}

/** The one place where the table's types are joined by hand: `input` was parsed by the schema of `name`. */
function run(handlers: SomeHandlers, name: CallName, input: unknown): unknown {
  return (handlers[name] as (input: unknown) => unknown)(input)
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  )
}

/** A value from outside, short and on one line. */
function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : `a name of type ${typeof value}`
}
