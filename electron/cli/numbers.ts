// Numbers as a person compares them on a terminal. Files and JSON are never rounded.

/** Four decimals; below a thousandth scientific with three significant digits; NaN and the infinities by name. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(2)
  return Math.abs(value) < 1e6 ? value.toFixed(4) : value.toExponential(3)
}

export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 })
}

/** 0.8 s, 26 s, 14 min 40 s, 1 h 13 min */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
