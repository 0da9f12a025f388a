// Asks the data process or the analysis process. It is started at the first question, and again after it died, but
// not for ever; one that is not needed all the time ends when nothing was asked for a while.

import { DescentError } from '../../engine/errors'
import { fromCallError } from '../call-error'
import { RestartPolicy } from '../app/restart-policy'
import type { DataQuestion, DataQuestions, DataReply, DataRequest, QuestionProgress } from './protocol'

export interface DataConnection {
  send(request: DataRequest): void
  kill(): void
}

/** Starts the process. `onEnd` is called once, with a sentence on how it ended. */
export type ConnectData = (events: {
  onReply(reply: DataReply): void
  onEnd(reason: string): void
}) => DataConnection

export interface Asking<T> {
  answer: Promise<T>
  cancel(): void
}

/** What a person is told of a process of this kind when it fails, and how long it stays without a question. */
export interface DataClientRole {
  /** "The process that ... ended several times in a row." */
  does: string
  /** "... failed: the process was killed." */
  work: string
  remedy: string
  /** null: until it is closed. */
  idleMs: number | null
  /** Questions whose answer is read for longer, and asked about further. */
  longIdle?: { after: readonly DataQuestion[]; idleMs: number }
}

export const DATA_ROLE: DataClientRole = {
  does: 'reads data sets',
  work: 'Reading the data set',
  remedy: 'Try again, with fewer examples or columns.',
  idleMs: null,
}

/** It holds a data set and a network in memory, for questions that are asked now and then. */
export const ANALYSIS_ROLE: DataClientRole = {
  does: 'checks networks',
  work: 'The analysis',
  remedy: 'Try again, with fewer examples.',
  idleMs: 60_000,
  // It may have trained for minutes to come to its step.
  longIdle: { after: ['openMicroscope', 'traceCell', 'traceParameter'], idleMs: 15 * 60_000 },
}

/** It is not to stay beside the runs that train next. */
export const BENCHMARK_ROLE: DataClientRole = {
  does: 'measures kernels',
  work: 'The measurement',
  remedy: 'Try again.',
  idleMs: 5000,
}

interface Pending {
  resolve(value: unknown): void
  reject(error: DescentError): void
  onProgress(progress: QuestionProgress): void
}

export class DataClient {
  private connection: DataConnection | null = null
  private readonly pending = new Map<number, Pending>()
  private readonly restarts = new RestartPolicy()
  private nextId = 1
  private idle: NodeJS.Timeout | undefined
  private lastQuestion: DataQuestion | null = null

  constructor(
    private readonly connect: ConnectData,
    private readonly role: DataClientRole = DATA_ROLE,
  ) {}

  ask<Q extends DataQuestion>(
    question: Q,
    input: DataQuestions[Q]['input'],
    onProgress: Pending['onProgress'] = () => {},
  ): Asking<DataQuestions[Q]['output']> {
    const id = this.nextId++
    const answer = new Promise<DataQuestions[Q]['output']>((resolve, reject) => {
      const connection = this.connected()
      clearTimeout(this.idle)
      this.lastQuestion = question
      this.pending.set(id, { resolve: resolve as Pending['resolve'], reject, onProgress })
      connection.send({ kind: 'ask', id, question, input } as DataRequest)
    })
    return { answer, cancel: () => this.connection?.send({ kind: 'cancel', id }) }
  }

  close(): void {
    clearTimeout(this.idle)
    this.connection?.kill()
    this.connection = null
  }

  private connected(): DataConnection {
    if (this.connection) return this.connection
    if (!this.restarts.mayStart(performance.now())) {
      throw new DescentError(
        'internal',
        `The process that ${this.role.does} ended several times in a row.`,
        'Restart Descent. If it happens again, try a smaller data set.',
      )
    }
    const connection: DataConnection = this.connect({
      onReply: (reply) => this.onReply(reply),
      // One that was let go for idleness may end after the next has started.
      onEnd: (reason) => {
        if (this.connection === connection || this.connection === null) this.onEnd(reason)
      },
    })
    this.connection = connection
    return connection
  }

  private onReply(reply: DataReply): void {
    const asked = this.pending.get(reply.id)
    if (!asked) return
    if (reply.kind === 'progress') {
      asked.onProgress(reply.progress)
      return
    }
    this.pending.delete(reply.id)
    if (reply.kind === 'answer') asked.resolve(reply.value)
    else asked.reject(fromCallError(reply.error))
    if (this.pending.size === 0) this.waitForQuestions()
  }

  private waitForQuestions(): void {
    const { idleMs: shortIdleMs, longIdle } = this.role
    if (shortIdleMs === null) return
    const isLong = this.lastQuestion !== null && longIdle?.after.includes(this.lastQuestion) === true
    const idleMs = isLong && longIdle ? longIdle.idleMs : shortIdleMs
    clearTimeout(this.idle)
    this.idle = setTimeout(() => {
      this.close()
      // It did not crash: its next start is a first one.
      this.restarts.reset()
    }, idleMs)
    this.idle.unref()
  }

  private onEnd(reason: string): void {
    this.connection = null
    clearTimeout(this.idle)
    for (const asked of this.pending.values()) {
      asked.reject(new DescentError('bad-data', `${this.role.work} failed: ${reason}`, this.role.remedy))
    }
    this.pending.clear()
  }
}
