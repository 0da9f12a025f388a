// The analyses under way: what the window asked of the analysis process, by the token it gave, so that progress
// reaches who waits and a cancel the right answer.

import { DescentError } from '../../engine/errors'
import type { DataClient } from '../data-process/client'
import type { DataQuestion, DataQuestions } from '../data-process/protocol'
import type { Publish } from './rpc.electron'

export class Analyses {
  private readonly underWay = new Map<string, () => void>()

  constructor(
    private readonly client: DataClient,
    private readonly publish: Publish,
  ) {}

  /** @throws DescentError('conflict') when the token stands for a question that is not answered yet */
  async ask<Q extends DataQuestion>(
    token: string,
    question: Q,
    input: DataQuestions[Q]['input'],
  ): Promise<DataQuestions[Q]['output']> {
    if (this.underWay.has(token)) {
      throw new DescentError('conflict', 'This analysis is under way already.', 'Wait for it, or cancel it.')
    }
    const { answer, cancel } = this.client.ask(question, input, ({ done, total, text }) =>
      this.publish('analysis.progress', { token, done, total, text: text ?? '' }),
    )
    this.underWay.set(token, cancel)
    try {
      return await answer
    } finally {
      this.underWay.delete(token)
    }
  }

  /** One that has ended meanwhile is left as it is. */
  cancel(token: string): void {
    this.underWay.get(token)?.()
  }
}
