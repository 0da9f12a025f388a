// JSON for other programs: NaN and the infinities are text ("NaN"), since JSON has no number for them.

export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'number' && !Number.isFinite(each) ? String(each) : each,
  )
}
