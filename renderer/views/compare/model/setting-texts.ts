// Values of one hyperparameter as they stand under each other.

import { formatSetting } from '../../../format'
import type { SortValue } from './sort-rows'

/** Numbers with the same count of decimals, as long as that stays short; others as typed. */
export function settingTexts(values: readonly SortValue[]): string[] {
  const texts = values.map((value) => formatSetting(value))
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length === 0 || numbers.some((value) => value !== 0 && Math.abs(value) < 1e-4)) return texts
  const decimals = Math.max(...numbers.map((value) => String(value).split('.')[1]?.length ?? 0))
  if (decimals > 6) return texts
  return values.map((value, index) =>
    typeof value === 'number' ? value.toFixed(decimals).replace('-', '\u2212') : texts[index],
  )
}
