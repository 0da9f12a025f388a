// An inspection in words.

import type { Inspection } from '../../../engine/training/types'
import { formatCount, formatLoss, formatPercent } from '../../format'
import { accuracyOf, confusionRows } from './confusion'
import { rootMeanSquare } from './draw-fit'
import { countWrong } from './draw-surface'
import { reconstructionResult, reconstructionsOf, reconstructionSummary } from './reconstruction-figures'

/** Of the picture that shows most: an autoencoder's reconstructions before the fit of its first output. */
export function inspectionTitle(inspection: Inspection): string {
  return reconstructionsOf(inspection) === null ? mainTitle(inspection) : 'Reconstructions'
}

export function mainTitle({ picture }: Inspection): string {
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
export function inspectionSize(inspection: Inspection): string {
  const { picture, part } = inspection
  const reconstructions = reconstructionsOf(inspection)
  if (reconstructions !== null) return `${formatCount(reconstructions.indices.length)} ${part} images`
  const count =
    picture.kind === 'surface'
      ? picture.labels.length
      : picture.kind === 'fit'
        ? picture.targets.length
        : accuracyOf(confusionRows(picture)).total
  const noun = picture.kind === 'confusion' ? 'example' : 'point'
  return `${formatCount(count)} ${part} ${noun}${count === 1 ? '' : 's'}`
}

/** 14 errors ringed; 96.20 % right; RMSE 0.0987 */
export function inspectionResult(inspection: Inspection): string {
  const { picture } = inspection
  const reconstructions = reconstructionsOf(inspection)
  if (reconstructions !== null) return reconstructionResult(reconstructionSummary(reconstructions))
  if (picture.kind === 'fit') return `RMSE ${formatLoss(rootMeanSquare(picture))}`
  if (picture.kind === 'confusion') {
    const { right, total } = accuracyOf(confusionRows(picture))
    return total === 0 ? '' : `${formatPercent(right / total)} % right`
  }
  if (picture.classes === 0) return ''
  const wrong = countWrong(picture)
  return wrong === 0 ? 'no errors' : wrong === 1 ? '1 error ringed' : `${formatCount(wrong)} errors ringed`
}
