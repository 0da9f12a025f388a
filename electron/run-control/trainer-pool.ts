// Gives each run a trainer process of its own, and keeps one that has ended its run in order for the next: it has
// loaded its code and the data set already. What failed, crashed or was ended by force is never used again.

import { freemem } from 'node:os'
import type { TrainerMessage } from '../trainer/protocol'
import { explainEnd } from './explain-end'
import type { ProcessEnd, SpawnTrainer, TrainerEvents, TrainerProcess } from './trainer-process'

/** Without a run a kept process ends after this long. */
const IDLE_MS = 5 * 60_000
/** While a process waits, the memory is looked at this often. */
const MEMORY_INTERVAL_MS = 10_000
const ENOUGH_MEMORY_BYTES = 512 * 1024 * 1024
/** After its last word a process may take this long to be ready for another run, or to leave. */
const GRACE_MS = 2000

/** What a run hears of a process that was let go before it began. */
const LEFT: ProcessEnd = { code: 0, reason: null, errorText: '' }

/** The process of one run. */
export interface RunProcess extends TrainerProcess {
  /** The run is over and the process has said so: no more events, and other runs may have it. */
  release(): void
}

export interface TrainerPoolOptions {
  spawn: SpawnTrainer
  /** Whether the memory is needed for something better than a process that waits. */
  isMemoryShort?: () => boolean
  /** For the diagnostics file. */
  report(message: string): void
}

/** A process as long as it lives. */
interface Member {
  process: TrainerProcess
  /** Of the run that has it; null: it waits or is to leave. */
  events: TrainerEvents | null
  /** It can be sent a job. */
  isReady: boolean
  /** The run that has it has sent its job. */
  isStarted: boolean
  /** It has trained another run before, and said nothing about its present one yet. */
  isUntried: boolean
  /** It will be ready for no other run. */
  isSpent: boolean
  /** It was told to leave. */
  isLeaving: boolean
  isKilled: boolean
  grace: NodeJS.Timeout | null
}

export class TrainerPool {
  private readonly members = new Set<Member>()
  private kept: Member | null = null
  private readonly isMemoryShort: () => boolean
  private idleTimer: NodeJS.Timeout | undefined
  private memoryTimer: NodeJS.Timeout | undefined
  private isClosed = false

  constructor(private readonly options: TrainerPoolOptions) {
    this.isMemoryShort = options.isMemoryShort ?? isSystemMemoryShort
  }

  /** The kept process where there is one, else a new one. */
  take(events: TrainerEvents): RunProcess {
    const kept = this.kept
    let member = kept ?? this.start()
    if (kept !== null) {
      this.forgetKept()
      kept.isStarted = false
      kept.isUntried = true
      // It said so before this run was there to hear it.
      if (kept.isReady) queueMicrotask(() => this.tellReady(kept))
    }
    const own: TrainerEvents = {
      onMessage: (message) => events.onMessage(message),
      onEnd: (end) => {
        if (!member.isUntried || member.isKilled || this.isClosed) return events.onEnd(end)
        // It ended between two runs, or at the first touch of this one, of which nothing is lost.
        if (end !== LEFT) {
          const how = explainEnd(end, 'training')
          this.options.report(`A trainer that was kept for another run is replaced. ${how}`)
        }
        member = this.start()
        member.events = own
      },
    }
    member.events = own
    let isReleased = false
    return {
      get pid() {
        return isReleased ? undefined : member.process.pid
      },
      send: (command) => {
        if (isReleased) return
        if (command.kind === 'start') {
          member.isStarted = true
          member.isReady = false
        }
        member.process.send(command)
      },
      kill: () => {
        if (!isReleased) kill(member)
      },
      release: () => {
        if (isReleased) return
        isReleased = true
        this.takeBack(member)
      },
    }
  }

  /** Ends the processes that no run has, now and from now on. */
  close(): void {
    this.isClosed = true
    this.forgetKept()
    for (const member of this.members) if (member.events === null) kill(member)
  }

  private start(): Member {
    const member: Member = {
      process: this.options.spawn({
        onMessage: (message) => this.onMessage(member, message),
        onEnd: (end) => this.onEnd(member, end),
      }),
      events: null,
      isReady: false,
      isStarted: false,
      isUntried: false,
      isSpent: false,
      isLeaving: false,
      isKilled: false,
      grace: null,
    }
    this.members.add(member)
    return member
  }

  private onMessage(member: Member, message: TrainerMessage): void {
    if (member.isLeaving) return
    if (message.kind === 'ready') {
      member.isReady = true
      endGrace(member)
      return this.tellReady(member)
    }
    if (message.kind === 'spent') return this.onSpent(member)
    if (member.events !== null) {
      member.isUntried = false
      member.events.onMessage(message)
    } else if (member === this.kept) {
      // One that waits has nothing to say; this one is not in order.
      this.forgetKept()
      kill(member)
    }
  }

  /** The run hears it once, before it sends its job: what follows a job is readiness for the next run. */
  private tellReady(member: Member): void {
    if (!member.isStarted) member.events?.onMessage({ kind: 'ready' })
  }

  private onSpent(member: Member): void {
    member.isSpent = true
    endGrace(member)
    if (member === this.kept) return this.dismissKept()
    const { events } = member
    // Its run is not written down yet, or it is another run that waits for it.
    if (events === null || member.isStarted) return
    member.events = null
    this.dismiss(member)
    events.onEnd(LEFT)
  }

  private onEnd(member: Member, end: ProcessEnd): void {
    this.members.delete(member)
    endGrace(member)
    if (member === this.kept) this.forgetKept()
    const { events } = member
    member.events = null
    events?.onEnd(end)
  }

  private takeBack(member: Member): void {
    member.events = null
    if (!this.members.has(member) || member.isKilled) return
    if (this.isClosed) return kill(member)
    if (member.isSpent || this.isMemoryShort()) return this.dismiss(member)
    if (this.kept !== null) this.dismissKept()
    this.kept = member
    if (!member.isReady) this.killLater(member)
    this.idleTimer = setTimeout(() => this.dismissKept(), IDLE_MS)
    this.memoryTimer = setInterval(() => {
      if (this.isMemoryShort()) this.dismissKept()
    }, MEMORY_INTERVAL_MS)
    this.idleTimer.unref()
    this.memoryTimer.unref()
  }

  private forgetKept(): void {
    clearTimeout(this.idleTimer)
    clearInterval(this.memoryTimer)
    this.kept = null
  }

  private dismissKept(): void {
    const { kept } = this
    this.forgetKept()
    if (kept !== null) this.dismiss(kept)
  }

  private dismiss(member: Member): void {
    member.isLeaving = true
    member.process.send({ kind: 'leave' })
    this.killLater(member)
  }

  private killLater(member: Member): void {
    endGrace(member)
    member.grace = setTimeout(() => member.process.kill(), GRACE_MS)
  }
}

function endGrace(member: Member): void {
  if (member.grace !== null) clearTimeout(member.grace)
  member.grace = null
}

function kill(member: Member): void {
  member.isKilled = true
  member.process.kill()
}

/** macOS tells of free memory only and not of what it could free, which is nearly all of it. */
function isSystemMemoryShort(): boolean {
  return process.platform !== 'darwin' && freemem() < ENOUGH_MEMORY_BYTES
}
