// An inspection in words.

import type { Inspection } from '../../../engine/training/types'
import { formatCount, formatLoss, formatPercent } from '../../format'
import { accuracyOf, confusionRows } from './confusion'
import { rootMeanSquare } from './draw-fit'
import { countWrong } from './draw-surface'

export function inspectionTitle({ picture }: Inspection): string {
  switch (picture.kind) {
    case 'surface':
      return picture.classes > 0 ? 'Decision surface' : 'Learned function'
    case 'fit':
      return picture.curve ? 'Fit' : 'Predicted against target'
    case 'confusion':
      return 'Confusion matrix'
  }
}

/** 200 validation points */
export function inspectionSize({ picture, part }: Inspection): string {
  const count =
    picture.kind === 'surface'
      ? picture.labels.length
      : picture.kind === 'fit'
        ? picture.targets.length
        : accuracyOf(confusionRows(picture)).total
  return `${formatCount(count)} ${part} ${picture.kind === 'confusion' ? 'examples' : 'points'}`
}

/** 14 errors ringed; 96.20 % right; RMSE 0.0987 */
export function inspectionResult({ picture }: Inspection): string {
  if (picture.kind === 'fit') return `RMSE ${formatLoss(rootMeanSquare(picture))}`
  if (picture.kind === 'confusion') {
    const { right, total } = accuracyOf(confusionRows(picture))
    return total === 0 ? '' : `${formatPercent(right / total)} % right`
  }
  if (picture.classes === 0) return ''
  const wrong = countWrong(picture)
  return wrong === 0 ? 'no errors' : wrong === 1 ? '1 error ringed' : `${formatCount(wrong)} errors ringed`
}
