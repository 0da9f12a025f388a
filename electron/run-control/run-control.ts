// Starts, queues, pauses, stops and ends training runs. The log hears of everything first, the window second.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { DescentError } from '../../engine/errors'
import type { ExperimentSpec } from '../../engine/spec/schema'
import { threadsOfRun, type EventName, type Events, type KernelChoice, type RunSummary } from '../contract'
import type { ComputeWish } from '../kernels/load'
import { recordMessage, type RunLog } from '../run-log'
import type { TrainerMessage } from '../trainer/protocol'
import { RunQueue } from './run-queue'
import { Supervisor, type Outcome } from './supervisor'
import { TrainerPool } from './trainer-pool'
import type { SpawnTrainer } from './trainer-process'

/** All of closing, including the trainers' last points. */
const CLOSING_GRACE_MS = 4000
/** A row of the runs table is refreshed this often while its run trains. */
const ROW_INTERVAL_MS = 1000
/** Runs that go to the trash in one transaction. */
const TRASH_PIECE = 100

export interface RunControlOptions {
  log: RunLog
  datasetFolder: string
  spawn: SpawnTrainer
  parallelRuns: number
  cores: number
  /** What a run gets that asks for nothing else; threads beyond its share of the machine are left out. */
  compute: ComputeWish
  publish<N extends EventName>(name: N, payload: Events[N]): void
  /** For the diagnostics file. */
  report(message: string, thrown?: unknown): void
}

interface ActiveRun {
  supervisor: Supervisor
  /** Resolves when its end is in the log. */
  closed: Promise<void>
  rowPublishedMs: number
}

export class RunControl {
  private readonly queue: RunQueue
  private readonly trainers: TrainerPool
  private readonly active = new Map<string, ActiveRun>()
  /** Of the runs that wait or train. */
  private readonly started = new Map<string, { spec: ExperimentSpec; kernel: KernelChoice | null }>()
  private compute: ComputeWish
  private parallelRuns: number
  private isClosing = false
  private isInTrouble = false

  constructor(private readonly options: RunControlOptions) {
    this.queue = new RunQueue(options.parallelRuns)
    this.parallelRuns = options.parallelRuns
    this.compute = options.compute
    this.trainers = new TrainerPool({ spawn: options.spawn, report: (message) => options.report(message) })
  }

  /**
   * @param kernel null: the one in force when the run begins
   * @throws DescentError 'read-only' and what the log throws
   */
  start(spec: ExperimentSpec, kernel: KernelChoice | null = null): RunSummary {
    return this.startAll([spec], kernel)[0]
  }

  /** All of them or, where the log refuses, none; they begin in this order. */
  startAll(specs: readonly ExperimentSpec[], kernel: KernelChoice | null = null): RunSummary[] {
    const runs = this.options.log.createRuns(specs, 'app')
    runs.forEach(({ id }, index) => {
      this.started.set(id, { spec: specs[index], kernel })
      this.queue.add(id)
    })
    this.options.publish('runs.changed', { runs })
    this.startWaiting()
    return runs
  }

  pause(id: string): void {
    this.activeRun(id, 'paused').supervisor.pause()
  }

  resume(id: string): void {
    this.activeRun(id, 'resumed').supervisor.resume()
  }

  /** Resolves when the run has ended. */
  async stop(id: string): Promise<void> {
    if (this.queue.remove(id)) {
      this.started.delete(id)
      this.publishRow(this.options.log.markEnded(id, 'stopped', 'Stopped before it began.'))
      return
    }
    const run = this.activeRun(id, 'stopped')
    run.supervisor.stop()
    await run.closed
  }

  /** Runs in training are stopped first. */
  async delete(ids: readonly string[]): Promise<void> {
    const own = ids.filter((id) => this.queue.isWaiting(id) || this.active.has(id))
    await Promise.all(own.map((id) => this.stop(id)))
    // In pieces: other work is heard between them.
    for (let from = 0; from < ids.length; from += TRASH_PIECE) {
      if (from > 0) await nextTurn()
      this.options.log.trash(ids.slice(from, from + TRASH_PIECE))
    }
    this.options.publish('runs.removed', { ids })
  }

  /** For the runs that begin from now on. */
  setCompute(compute: ComputeWish): void {
    this.compute = compute
  }

  setParallelRuns(limit: number): void {
    this.parallelRuns = limit
    this.queue.setLimit(limit)
    this.startWaiting()
  }

  /** One that trains and is not paused; null where none does. */
  get trainingRun(): string | null {
    return this.queue.firstRunning()
  }

  get isBusy(): boolean {
    return this.active.size > 0
  }

  /** Ends all trainers in order and writes down why; resolves within 5 seconds. */
  async close(): Promise<void> {
    this.isClosing = true
    for (const id of this.queue.takeAllWaiting()) {
      this.attempt(() =>
        this.options.log.markEnded(id, 'interrupted', 'The application was closed before this run began.'),
      )
    }
    const runs = [...this.active.values()]
    for (const { supervisor } of runs) supervisor.stop(CLOSING_GRACE_MS)
    const late = setTimeout(
      () => runs.forEach(({ supervisor }) => supervisor.abandon()),
      CLOSING_GRACE_MS + 300,
    )
    await Promise.all(runs.map(({ closed }) => closed))
    clearTimeout(late)
    this.trainers.close()
  }

  private startWaiting(): void {
    while (!this.isClosing) {
      const id = this.queue.takeNext()
      if (id === null) return
      this.launch(id)
    }
  }

  private launch(id: string): void {
    const started = this.started.get(id)
    if (!started) throw new Error(`Run ${id} waits without a spec.`)
    const { cores, datasetFolder } = this.options
    const compute: ComputeWish = {
      kernel: started.kernel ?? this.compute.kernel,
      threads: threadsOfRun(cores, Math.max(1, this.queue.together), this.compute.threads),
    }
    const supervisor = new Supervisor({
      job: { runId: id, spec: started.spec, datasetFolder, compute },
      takeProcess: (events) => this.trainers.take(events),
      record: (message) => this.record(id, message),
      onTrouble: (thrown) => this.onTrouble(id, thrown),
    })
    const closed = supervisor.ended.then((outcome) => this.onEnded(id, outcome))
    this.active.set(id, { supervisor, closed, rowPublishedMs: performance.now() })
  }

  /** The log first; what it refused is not shown. */
  private record(id: string, message: TrainerMessage): void {
    const { log, publish } = this.options
    if (this.isClosing && message.kind === 'done' && message.end.kind === 'stopped') {
      log.markEnded(id, 'interrupted', this.closedReason(id))
      return
    }
    const changed = recordMessage(log, id, message)
    this.onRecorded()
    if (changed) this.publishRow(changed)
    switch (message.kind) {
      case 'batch': {
        const { sequence: _sequence, ...metrics } = message.batch
        publish('run.metrics', { runId: id, ...metrics })
        return this.refreshRow(id)
      }
      case 'inspection':
        return publish('run.inspection', { runId: id, inspection: message.inspection })
      case 'paused':
        this.queue.rest(id)
        return this.startWaiting()
      case 'resumed':
        return this.queue.wake(id)
    }
  }

  private onEnded(id: string, outcome: Outcome): void {
    const { log } = this.options
    this.active.delete(id)
    this.started.delete(id)
    this.queue.finished(id)
    if (outcome.kind !== 'told') {
      this.attempt(() => {
        if (this.isClosing) return log.markEnded(id, 'interrupted', this.closedReason(id))
        const lastStep = `Last logged step ${formatStep(log.progress(id).step)}.`
        return outcome.kind === 'stopped-by-force'
          ? log.markEnded(id, 'stopped', `Stopped by force, since the trainer did not answer. ${lastStep}`)
          : log.markEnded(id, 'failed', `${outcome.reason} ${lastStep}`)
      })
      if (outcome.kind === 'lost') this.options.report(`Run ${id}: ${outcome.reason}`)
    }
    this.startWaiting()
  }

  private closedReason(id: string): string {
    const step = formatStep(this.options.log.progress(id).step)
    return `The application was closed while this run trained. Last logged step ${step}.`
  }

  /** At the end of a run nothing may throw: there is nobody left to hear it. */
  private attempt(mark: () => RunSummary): void {
    try {
      this.publishRow(mark())
    } catch (thrown) {
      this.options.report('A run could not be marked as ended; the next start does it.', thrown)
    }
  }

  private onTrouble(id: string, thrown: unknown): void {
    this.options.report(`Run ${id}: a message could not be logged.`, thrown)
    if (this.isInTrouble) return
    this.isInTrouble = true
    const known = thrown instanceof DescentError
    this.options.publish('app.notice', {
      level: 'error',
      message: known ? thrown.message : 'A measurement could not be logged.',
      hint: known
        ? `Training waits and goes on by itself. ${thrown.hint}`
        : 'The details are in the diagnostics file (Help, About names it).',
    })
  }

  private onRecorded(): void {
    if (!this.isInTrouble) return
    this.isInTrouble = false
    this.options.publish('app.notice', {
      level: 'info',
      message: 'The database can be written again; training goes on.',
      hint: '',
    })
  }

  private refreshRow(id: string): void {
    const run = this.active.get(id)
    if (!run || performance.now() - run.rowPublishedMs < ROW_INTERVAL_MS) return
    run.rowPublishedMs = performance.now()
    const row = this.options.log.getRun(id)
    if (row) this.publishRow(row)
  }

  private publishRow(run: RunSummary): void {
    this.options.publish('runs.changed', { runs: [run] })
  }

  private activeRun(id: string, verb: 'paused' | 'resumed' | 'stopped'): ActiveRun {
    const run = this.active.get(id)
    if (run) return run
    const row = this.options.log.getRun(id)
    if (!row)
      throw new DescentError(
        'not-found',
        `There is no run ${id}.`,
        'It may have been deleted; reload the list.',
      )
    if (row.status === 'running' || row.status === 'paused') {
      throw new DescentError(
        'conflict',
        `"${row.name}" trains in another process and can not be ${verb} here.`,
        'Use the command line that started it (Ctrl+C stops it).',
      )
    }
    throw new DescentError(
      'conflict',
      `"${row.name}" is ${row.status} and can not be ${verb}.`,
      row.status === 'queued'
        ? 'It can be stopped, or started later by itself.'
        : 'Start it again from its design.',
    )
  }
}

function formatStep(step: number): string {
  return step.toLocaleString('en-US')
}
