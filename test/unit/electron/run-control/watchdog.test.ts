import { describe, expect, it } from 'vitest'
import { HANG_SECONDS, SilenceCounter } from '../../../../electron/run-control/watchdog'

/** Ticks a second apart; tells at which one the silence became too long. */
function ticksUntilHang(counter: SilenceCounter, onTick: (tick: number) => number = () => 0): number | null {
  let nowMs = 0
  for (let tick = 1; tick <= 100; tick++) {
    nowMs += 1000 + onTick(tick)
    if (counter.tick(nowMs)) return tick
  }
  return null
}

describe('the watchdog', () => {
  it('barks after 15 seconds of silence', () => {
    expect(ticksUntilHang(new SilenceCounter())).toBe(HANG_SECONDS)
  })

  it('is quiet as long as there are signs of life', () => {
    const counter = new SilenceCounter()
    const answers = (tick: number): number => {
      if (tick % 10 === 0) counter.heard()
      return 0
    }
    expect(ticksUntilHang(counter, answers)).toBeNull()
  })

  it('starts over after the machine slept', () => {
    const sleepsAt = 14
    const counter = new SilenceCounter()
    const ticks = ticksUntilHang(counter, (tick) => (tick === sleepsAt ? 3_600_000 : 0))
    expect(ticks).toBe(sleepsAt + HANG_SECONDS)
  })
})
