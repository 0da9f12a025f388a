// The figures below a run's curves: best and last values, and how training and validation part.

import type { RunSummary } from '../../../electron/contract'
import { formatCount, formatDelta, formatLoss, formatPercent } from '../../format'

export interface Figure {
  key: string
  name: string
  value: string
  detail: string
  /** Not a number: shown in the colour of what went wrong. */
  isBad: boolean
}

/** Differences of diverged losses have hundreds of digits. */
function signed(difference: number): string {
  if (Math.abs(difference) < 1e5) return formatDelta(difference)
  return difference > 0 ? `+${formatLoss(difference)}` : formatLoss(difference)
}

function figure(key: string, name: string, value: string, detail = ''): Figure {
  return { key, name, value, detail, isBad: value === 'NaN' || value.includes('∞') }
}

/** @param examples validation examples, where they are known */
export function figuresOf({ metrics }: RunSummary, examples: number | null): Figure[] {
  const figures: Figure[] = []
  const loss = metrics['val/loss'] ?? metrics['train/loss']
  const lossName = metrics['val/loss'] ? 'val/loss' : 'train/loss'
  if (loss) {
    const at = loss.bestEpoch === null ? '' : `epoch ${formatCount(loss.bestEpoch)}`
    figures.push(figure('best', `Best ${lossName}`, formatLoss(loss.best), at))
    const isFinite = Number.isFinite(loss.last) && loss.best !== null
    const fromBest = isFinite ? loss.last - loss.best! : null
    figures.push(
      figure(
        'last',
        `Last ${lossName}`,
        formatLoss(loss.last),
        fromBest === null ? '' : fromBest === 0 ? 'the best so far' : `${signed(fromBest)} from best`,
      ),
    )
  }
  const train = metrics['train/loss']
  const validation = metrics['val/loss']
  if (train && validation) {
    const gap = validation.last - train.last
    const text = Number.isFinite(gap) ? `gap ${signed(gap)}` : ''
    figures.push(figure('train', 'Last train/loss', formatLoss(train.last), text))
  }
  const accuracy = metrics['val/accuracy'] ?? metrics['train/accuracy']
  if (accuracy) {
    const isValidation = metrics['val/accuracy'] !== undefined
    const counted =
      examples === null || !isValidation || !Number.isFinite(accuracy.last)
        ? ''
        : `${formatCount(accuracy.last * examples)} of ${formatCount(examples)}`
    const name = isValidation ? 'val/accuracy' : 'train/accuracy'
    figures.push(figure('accuracy', name, `${formatPercent(accuracy.last, 1)} %`, counted))
  }
  if (metrics['test/loss']) {
    figures.push(figure('test-loss', 'test/loss', formatLoss(metrics['test/loss'].last), 'at the end'))
  }
  if (metrics['test/accuracy']) {
    figures.push(
      figure(
        'test-accuracy',
        'test/accuracy',
        `${formatPercent(metrics['test/accuracy'].last, 2)} %`,
        'at the end',
      ),
    )
  }
  return figures
}
