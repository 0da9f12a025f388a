// How far a training run is: a bar on a terminal, a line an epoch elsewhere, nothing with --json.

import { SingleBar } from 'cli-progress'
import type { DescentError } from '../../engine/errors'
import { countOfEpochs, epochAt } from '../../engine/training/sent-epochs'
import type { EpochRecord } from '../../engine/training/types'
import type { RunSummary } from '../contract'
import type { MetricBatch } from '../trainer/protocol'
import { count, duration, shortNumber } from './numbers'
import { sayAside } from './terminal'

export interface ProgressReport {
  onStarted(run: RunSummary): void
  onBatch(batch: MetricBatch): void
  onWaiting(error: DescentError): void
  onEnded(): void
}

/** Of a long run about this many epochs are told. */
const EPOCH_LINES = 100

function metricsText(metrics: Readonly<Record<string, number>>): string {
  return Object.entries(metrics)
    .map(([metric, value]) => `${metric} ${shortNumber(value)}`)
    .join('  ')
}

const SILENT: ProgressReport = {
  onStarted() {},
  onBatch() {},
  onWaiting() {},
  onEnded() {},
}

function createLines(): ProgressReport {
  let isWaiting = false
  const tell = ({ epoch, metrics }: EpochRecord, totalEpochs: number): void => {
    const every = Math.ceil(totalEpochs / EPOCH_LINES)
    if (epoch % every !== 0 && epoch !== totalEpochs) return
    sayAside(`epoch ${epoch}/${totalEpochs}  ${metricsText(metrics)}`)
  }
  return {
    onStarted({ id, name, parameters, progress, kernel, seed }) {
      sayAside(
        `run ${id} "${name}": ${count(parameters ?? 0)} parameters, ${count(progress.totalSteps)} steps, seed ${seed}, kernel ${kernel}`,
      )
    },
    onBatch({ epochs, progress }) {
      isWaiting = false
      for (let i = 0; i < countOfEpochs(epochs); i++) tell(epochAt(epochs, i), progress.totalEpochs)
    },
    onWaiting(error) {
      if (!isWaiting) sayAside(`waiting: ${error.message} ${error.hint}`)
      isWaiting = true
    },
    onEnded() {},
  }
}

function createBar(): ProgressReport {
  let bar: SingleBar | null = null
  let metrics = ''
  return {
    onStarted({ name, progress }) {
      bar = new SingleBar({
        format: `${name.slice(0, 40)} {bar} {percentage}%  epoch {epoch}  {speed}  {rest}  {metrics}`,
        stream: process.stderr,
        barsize: 24,
        hideCursor: true,
        fps: 10,
        linewrap: false,
        stopOnComplete: false,
      })
      bar.start(progress.totalSteps, 0, { epoch: '0', speed: '', rest: '', metrics })
    },
    onBatch({ epochs, progress, samplesPerSecond, remainingMs }) {
      const measured = countOfEpochs(epochs)
      if (measured > 0) metrics = metricsText(epochAt(epochs, measured - 1).metrics)
      bar?.update(progress.step, {
        epoch: `${Math.floor(progress.epoch)}/${progress.totalEpochs}`,
        speed: samplesPerSecond === null ? '' : `${count(samplesPerSecond)}/s`,
        rest: remainingMs === null ? '' : `${duration(remainingMs)} left`,
        metrics,
      })
    },
    onWaiting(error) {
      bar?.update({ rest: `waiting: ${error.message}` })
    },
    onEnded() {
      bar?.stop()
    },
  }
}

export function createProgressReport(isQuiet: boolean): ProgressReport {
  if (isQuiet) return SILENT
  return process.stderr.isTTY ? createBar() : createLines()
}
