// Asks the data process. It is started at the first question, and again after it died, but not for ever.

import { DescentError } from '../../engine/errors'
import { fromCallError } from '../call-error'
import { RestartPolicy } from '../app/restart-policy'
import type { DataQuestion, DataQuestions, DataReply, DataRequest } from './protocol'

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

interface Pending {
  resolve(value: unknown): void
  reject(error: DescentError): void
  onProgress(progress: { bytesRead: number; bytesTotal: number }): void
}

export class DataClient {
  private connection: DataConnection | null = null
  private readonly pending = new Map<number, Pending>()
  private readonly restarts = new RestartPolicy()
  private nextId = 1

  constructor(private readonly connect: ConnectData) {}

  ask<Q extends DataQuestion>(
    question: Q,
    input: DataQuestions[Q]['input'],
    onProgress: Pending['onProgress'] = () => {},
  ): Asking<DataQuestions[Q]['output']> {
    const id = this.nextId++
    const answer = new Promise<DataQuestions[Q]['output']>((resolve, reject) => {
      const connection = this.connected()
      this.pending.set(id, { resolve: resolve as Pending['resolve'], reject, onProgress })
      connection.send({ kind: 'ask', id, question, input } as DataRequest)
    })
    return { answer, cancel: () => this.connection?.send({ kind: 'cancel', id }) }
  }

  close(): void {
    this.connection?.kill()
    this.connection = null
  }

  private connected(): DataConnection {
    if (this.connection) return this.connection
    if (!this.restarts.mayStart(performance.now())) {
      throw new DescentError(
        'internal',
        'The process that reads data sets ended several times in a row.',
        'Restart Descent. If it happens again, try a smaller data set.',
      )
    }
    this.connection = this.connect({
      onReply: (reply) => this.onReply(reply),
      onEnd: (reason) => this.onEnd(reason),
    })
    return this.connection
  }

  private onReply(reply: DataReply): void {
    const asked = this.pending.get(reply.id)
    if (!asked) return
    if (reply.kind === 'progress') {
      asked.onProgress({ bytesRead: reply.bytesRead, bytesTotal: reply.bytesTotal })
      return
    }
    this.pending.delete(reply.id)
    if (reply.kind === 'answer') asked.resolve(reply.value)
    else asked.reject(fromCallError(reply.error))
  }

  private onEnd(reason: string): void {
    this.connection = null
    for (const asked of this.pending.values()) {
      asked.reject(
        new DescentError(
          'bad-data',
          `Reading the data set failed: ${reason}`,
          'Try again, with fewer examples or columns.',
        ),
      )
    }
    this.pending.clear()
  }
}
