// Natural logarithm from + - * / alone, so that every JavaScript runtime gives the same bits.
//
// After fdlibm e_log.c (https://www.netlib.org/fdlibm/e_log.c), whose notice is kept as it asks:
// Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify,
// and distribute this software is freely granted, provided that this notice is preserved.

import { highWord, lowWord, withHighWord } from './bits'

const LN2_HIGH = 6.9314718036912381649e-1
const LN2_LOW = 1.90821492927058770002e-10
const TWO54 = 1.80143985094819840000e16
const LG1 = 6.66666666666673513e-1
const LG2 = 3.999999999940941908e-1
const LG3 = 2.857142874366239149e-1
const LG4 = 2.222219843214978396e-1
const LG5 = 1.818357216161805012e-1
const LG6 = 1.531383769920937332e-1
const LG7 = 1.479819860511658591e-1

/**
 * ln x, within 1 ulp.
 *
 * x = 2^k (1 + f) with sqrt(2)/2 < 1 + f < sqrt(2); s = f / (2 + f);
 * ln(1 + f) = f - s (f - R(s^2)), R a minimax polynomial; ln x = k ln 2 + ln(1 + f).
 * log(0) = -Infinity, log of a negative number = NaN, log(Infinity) = Infinity.
 */
export function log(x: number): number {
  let high = highWord(x)
  let k = 0
  if (high < 0x00100000) {
    if (((high & 0x7fffffff) | lowWord(x)) === 0) return -Infinity
    if (high < 0) return NaN
    // Subnormal: scale into the normal range.
    k -= 54
    x *= TWO54
    high = highWord(x)
  }
  if (high >= 0x7ff00000) return x + x
  k += (high >> 20) - 1023
  high &= 0x000fffff
  let i = (high + 0x95f64) & 0x100000
  x = withHighWord(x, high | (i ^ 0x3ff00000))
  k += i >> 20
  const f = x - 1
  if ((0x000fffff & (2 + high)) < 3) {
    // |f| < 2^-20
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW
    const r = f * f * (0.5 - 0.33333333333333333 * f)
    return k === 0 ? f - r : k * LN2_HIGH - (r - k * LN2_LOW - f)
  }
  const s = f / (2 + f)
  const z = s * s
  i = high - 0x6147a
  const w = z * z
  const j = 0x6b851 - high
  const t1 = w * (LG2 + w * (LG4 + w * LG6))
  const t2 = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7)))
  const r = t2 + t1
  if ((i | j) > 0) {
    const halfSquare = 0.5 * f * f
    return k === 0
      ? f - (halfSquare - s * (halfSquare + r))
      : k * LN2_HIGH - (halfSquare - (s * (halfSquare + r) + k * LN2_LOW) - f)
  }
  return k === 0 ? f - s * (f - r) : k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f)
}
