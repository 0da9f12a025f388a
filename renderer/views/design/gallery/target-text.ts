// The figure a preset states, as it stands on its card.

import type { PresetTarget } from '../../../../engine/presets'
import { formatCount, formatScientific, formatSetting } from '../../../format'

const ACCURACY_WORDS = { 'train/accuracy': 'training accuracy', 'val/accuracy': 'val accuracy' } as const

export function targetText({ metric, value }: PresetTarget): string {
  if (metric === 'train/accuracy' || metric === 'val/accuracy') {
    return `${formatSetting(Number((value * 100).toPrecision(4)))} % ${ACCURACY_WORDS[metric]}`
  }
  return `${metric} ${value < 1e-3 ? formatScientific(value, 1) : formatSetting(value)}`
}

export function effortText({ epochs, seconds }: PresetTarget): string {
  const time = seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
  return `${formatCount(epochs)} epochs, about ${time}`
}
