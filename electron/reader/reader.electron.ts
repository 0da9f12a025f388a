// Main's end of the reader: starts it, gives the page a port to it, and both a new one when it died.

import { MessageChannelMain, type MessagePortMain } from 'electron'
import { RestartPolicy } from '../app/restart-policy'
import { explainEnd } from '../run-control/explain-end'
import { startUtility, type RunningUtility } from '../run-control/utility-process.electron'
import { readerArguments } from './protocol'

const CLOSING_MS = 1000

/** Hands a port to the page; null: there is no reader, main answers. */
export type GivePort = (port: MessagePortMain | null) => void

export class Reader {
  private process: RunningUtility | null = null
  private readonly restarts = new RestartPolicy()
  /** The page that is there now. */
  private give: GivePort | null = null
  private isClosing = false
  private onGone: () => void = () => undefined

  /** @param modulePath the built trainer entry, whose third role this is */
  constructor(
    private readonly modulePath: string,
    private readonly databasePath: string,
    private readonly report: (message: string) => void,
  ) {
    this.start()
  }

  /** A page asks; the one before it is gone. */
  connect(give: GivePort): void {
    this.give = give
    if (this.process === null) return give(null)
    const { port1, port2 } = new MessageChannelMain()
    this.process.send(null, [port1])
    give(port2)
  }

  /** Resolves when the process is gone, or does not go: the last connection to a database is to be main's. */
  close(): Promise<void> {
    this.isClosing = true
    const { process } = this
    if (process === null) return Promise.resolve()
    return new Promise((resolve) => {
      this.onGone = resolve
      setTimeout(resolve, CLOSING_MS).unref()
      process.kill()
    })
  }

  private start(): void {
    if (!this.restarts.mayStart(performance.now())) return
    this.process = startUtility({
      modulePath: this.modulePath,
      args: readerArguments(this.databasePath),
      serviceName: 'Descent reader',
      // It speaks to the page only.
      onMessage: () => undefined,
      onEnd: (end) => {
        this.process = null
        this.onGone()
        if (this.isClosing) return
        this.report(
          `${explainEnd(end, 'training').replace('The trainer', 'The reader')} ${end.errorText}`.trim(),
        )
        this.start()
        if (this.give) this.connect(this.give)
      },
    })
  }
}
