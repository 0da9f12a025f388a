import { describe, expect, it } from 'vitest'
import { smoothingSchema } from '../../../../engine/comparison/schema'

describe('smoothing as it is chosen', () => {
  it.each(['mean', 'median'])('refuses a %s of an even number of points, which has no middle', (kind) => {
    expect(smoothingSchema.safeParse({ kind, points: 9 }).success).toBe(true)
    const { error } = smoothingSchema.safeParse({ kind, points: 8 })
    expect(error!.issues.map(({ path, message }) => [path, message])).toEqual([
      [['points'], '8 points have none in their middle; expected an odd number, such as 9.'],
    ])
  })
})
