// The loop around a session. It stays a loop of short slices so that a pause or a stop is answered at once;
// how it is sliced changes when things are reported and never what is computed.

import { extraBytes } from '../../engine/training/inspection-extras'
import { sentEpochs } from '../../engine/training/sent-epochs'
import type { TrainingSession } from '../../engine/training/session-types'
import type { EpochRecord, SessionEnd } from '../../engine/training/types'
import { createActiveClock, type ActiveClock } from './active-clock'
import { ChunkBuffer } from './chunk-buffer'
import type { TrainerControl } from './control'
import type { TrainerPort } from './host'
import { Recurring, checkpointIntervalMs, liveInspectionIntervalMs, nextLandmark } from './occasions'
import { FLUSH_INTERVAL_MS } from './protocol'
import { Throughput } from './throughput'
import { weightsHash } from './weights-hash'

/** Work between two looks at the commands. */
const SLICE_MS = 8
/** A call of the session takes about so long: long beside what a call costs, short beside a slice. */
const SHORTEST_CALL_MS = 1
const LONGEST_CALL_MS = 2
/** A picture that takes less is no delay for who waits for a stop. */
const QUICK_MS = 30
/** Without new points, progress is still told this often. */
const PROGRESS_INTERVAL_MS = 500

/** Trains until the session ends or a stop is asked for, and sends 'done'. */
export async function trainToEnd(
  session: TrainingSession,
  control: TrainerControl,
  port: TrainerPort,
  clock: ActiveClock = createActiveClock(),
): Promise<void> {
  try {
    await new TrainingLoop(session, control, port, clock).run()
  } finally {
    session.close()
  }
}

class TrainingLoop {
  private readonly chunks = new ChunkBuffer()
  private readonly throughput = new Throughput()
  private epochs: EpochRecord[] = []
  private final: Record<string, number> = {}
  private flushedMs = -Infinity
  private flushedStep = -1
  private seenEpoch = 0
  private inspectedEpoch = -1
  private inspectionMs = 0
  /** Steps asked of the session at a time. */
  private limit = 1
  private landmark = nextLandmark(0)
  private readonly liveInspection = new Recurring(1000)
  private readonly autosave = new Recurring(5000)

  constructor(
    private readonly session: TrainingSession,
    private readonly control: TrainerControl,
    private readonly port: TrainerPort,
    private readonly clock: ActiveClock,
  ) {}

  async run(): Promise<void> {
    this.clock.start()
    this.inspect()
    let end: SessionEnd | 'working' = 'working'
    while (end === 'working' && !this.control.isStopWanted) {
      if (this.control.isPauseWanted) await this.rest()
      else if (this.control.isCongested) await this.waitForLog()
      else {
        end = this.work()
        await nextTurn()
      }
    }
    this.finish(end === 'working' ? { kind: 'stopped' } : end)
  }

  private work(): SessionEnd | 'working' {
    const startMs = this.clock.elapsedMs()
    let outcome: SessionEnd | 'working' = 'working'
    let isPictureDue = false
    let nowMs = startMs
    while (outcome === 'working' && !isPictureDue && nowMs - startMs < SLICE_MS) {
      const calledMs = nowMs
      const { step } = this.session.progress()
      outcome = this.session.advance(this.limit)
      nowMs = this.clock.elapsedMs()
      this.adaptLimit(this.session.progress().step - step, nowMs - calledMs)
      isPictureDue = this.isPictureDue(nowMs)
    }
    this.collect(startMs, nowMs)
    this.flushIfDue(nowMs)
    if (isPictureDue) this.inspect()
    if (outcome === 'working' && this.autosave.isDue(nowMs)) this.checkpoint()
    return outcome
  }

  /** @param steps done by a call: fewer than asked for at the end of an epoch, and while the model is evaluated */
  private adaptLimit(steps: number, tookMs: number): void {
    if (tookMs > LONGEST_CALL_MS) this.limit = Math.max(1, this.limit >> 1)
    else if (tookMs < SHORTEST_CALL_MS && steps >= this.limit) this.limit *= 2
  }

  /** Only where an epoch ended, so that every picture belongs to one epoch. */
  private isPictureDue(nowMs: number): boolean {
    const epoch = Math.floor(this.session.progress().epoch)
    if (epoch === this.seenEpoch) return false
    this.seenEpoch = epoch
    return epoch >= this.landmark || this.liveInspection.isDue(nowMs)
  }

  /** Takes over what the session recorded; whether there is more to take. */
  private collect(startMs: number, endMs: number): boolean {
    const { chunk, epochs, final, more } = this.session.drain()
    if (chunk && !this.chunks.add(chunk, startMs, endMs)) {
      this.flush()
      this.chunks.add(chunk, startMs, endMs)
    }
    for (const record of epochs) this.epochs.push({ ...record, elapsedMs: endMs })
    if (final) this.final = final
    return more
  }

  /** The first points go out at once, so that the curve begins as soon as training does. */
  private flushIfDue(nowMs: number): void {
    const isRecorded = !this.chunks.isEmpty || this.epochs.length > 0
    const hasMoved = this.session.progress().step !== this.flushedStep
    const intervalMs = isRecorded ? FLUSH_INTERVAL_MS : PROGRESS_INTERVAL_MS
    if ((isRecorded || hasMoved) && nowMs - this.flushedMs >= intervalMs) this.flush()
  }

  private flush(isResting = false): void {
    const progress = this.session.progress()
    const activeMs = this.clock.elapsedMs()
    this.throughput.record(progress, activeMs)
    const epochs = sentEpochs(this.epochs)
    this.epochs = []
    this.flushedMs = activeMs
    this.flushedStep = progress.step
    this.port.send({
      kind: 'batch',
      batch: {
        sequence: this.control.nextSequence(),
        chunk: this.chunks.take(),
        epochs,
        progress,
        activeMs,
        samplesPerSecond: isResting ? null : this.throughput.samplesPerSecond(),
        remainingMs: this.throughput.remainingMs(progress),
      },
    })
  }

  private inspect(): void {
    const startMs = this.clock.elapsedMs()
    const inspection = this.session.inspect()
    if (inspection.epoch !== this.inspectedEpoch) this.port.send({ kind: 'inspection', inspection })
    this.inspectedEpoch = inspection.epoch
    this.landmark = nextLandmark(inspection.epoch)
    const endMs = this.clock.elapsedMs()
    this.inspectionMs = endMs - startMs
    this.liveInspection.done(startMs, endMs, liveInspectionIntervalMs(endMs, extraBytes(inspection)))
  }

  private checkpoint(): void {
    const startMs = this.clock.elapsedMs()
    const { step, epoch } = this.session.progress()
    const { weights, biases } = this.session.parameters()
    this.port.send({ kind: 'checkpoint', checkpoint: { epoch: Math.floor(epoch), step, weights, biases } })
    const intervalMs = checkpointIntervalMs(weights.byteLength + biases.byteLength)
    this.autosave.done(startMs, this.clock.elapsedMs(), intervalMs)
  }

  private async rest(): Promise<void> {
    this.clock.stop()
    this.flush(true)
    this.checkpoint()
    this.port.send({ kind: 'paused', step: this.session.progress().step })
    while (this.control.isPauseWanted && !this.control.isStopWanted) await this.control.changed()
    if (this.control.isStopWanted) return
    this.clock.start()
    this.port.send({ kind: 'resumed', step: this.session.progress().step })
  }

  /** Waiting for the log is no pause of the person's: it counts as training time. */
  private async waitForLog(): Promise<void> {
    while (this.control.isCongested && !this.control.isStopWanted && !this.control.isPauseWanted) {
      await this.control.changed()
    }
  }

  private finish(end: SessionEnd | { kind: 'stopped' }): void {
    const nowMs = this.clock.elapsedMs()
    // A run stopped between two logged points keeps the steps of the open interval.
    if (end.kind === 'stopped') this.session.closeInterval()
    while (this.collect(nowMs, nowMs));
    this.clock.stop()
    this.flush(true)
    if (this.isEndPictured(end)) this.port.send({ kind: 'inspection', inspection: this.session.inspect() })
    this.checkpoint()
    this.port.send({
      kind: 'done',
      end,
      final: this.final,
      weightsHash: weightsHash(this.session.parameters()),
    })
  }

  /** A stop is answered at once, and a model that diverged shows nothing. */
  private isEndPictured(end: SessionEnd | { kind: 'stopped' }): boolean {
    return end.kind === 'finished' || (end.kind === 'stopped' && this.inspectionMs < QUICK_MS)
  }
}

/** Lets commands and timers in. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
