// Quantiles without sorting everything, for thousands of small samples one after another.

/** Puts the k-th lowest (from 0) at place k, no higher ones before it and no lower ones behind. Hoare, CACM 4 (1961). */
function selectInPlace(values: Float64Array, length: number, k: number): void {
  let low = 0
  let high = length - 1
  while (low < high) {
    const pivot = values[(low + high) >>> 1]
    let left = low
    let right = high
    while (left <= right) {
      while (values[left] < pivot) left++
      while (values[right] > pivot) right--
      if (left > right) break
      const kept = values[left]
      values[left++] = values[right]
      values[right--] = kept
    }
    if (k <= right) high = right
    else if (k >= left) low = left
    else return
  }
}

/** As quantileOfSorted in summary.ts, of values in any order; changes their order. None may be NaN. */
export function selectQuantile(values: Float64Array, share: number): number {
  const { length } = values
  const place = (length - 1) * share
  const at = Math.min(length - 1, Math.floor(place))
  selectInPlace(values, length, at)
  const low = values[at]
  if (at === length - 1 || place === at) return low
  let high = Infinity
  for (let index = at + 1; index < length; index++) if (values[index] < high) high = values[index]
  return low === high ? low : low + (high - low) * (place - at)
}
