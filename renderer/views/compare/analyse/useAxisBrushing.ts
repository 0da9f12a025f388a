// Dragging along an axis: a new range, the range moved, or one of its ends. A click beside a range takes it away.

import { shallowRef, type Ref } from 'vue'
import { brushOf, spansOf, type AxisBrush, type Span } from './model/brushing'
import type { ParallelFrame } from './model/parallel-layout'
import type { ValueAxis } from './model/value-axis'

/** How far from an axis a drag still means it, and how near to the end of a range it means the end, pixels. */
const REACH = 12
const END_REACH = 5
/** Less than this is a click. */
const CLICK = 3

type Hold = 'new' | 'move' | 'low' | 'high'

export interface AxisBrushing {
  /** The axis that the pointer is at or drags on; -1: none. */
  axisAt(x: number): number
  /** What a press there would do; null where there is no axis. */
  holdAt(x: number, y: number): Hold | null
  /** True where the press begins a drag. */
  press(x: number, y: number): boolean
  drag(y: number): void
  release(y: number): void
  isDragging: Readonly<Ref<boolean>>
}

export function useAxisBrushing(
  frame: () => ParallelFrame,
  axes: () => readonly ValueAxis[],
  brushes: () => ReadonlyMap<string, AxisBrush>,
  set: (of: string, brush: AxisBrush | null) => void,
): AxisBrushing {
  const isDragging = shallowRef(false)
  let held: { axis: number; hold: Hold; fromY: number; span: Span } | null = null

  function axisAt(x: number): number {
    return frame().xs.findIndex((each) => Math.abs(each - x) <= REACH)
  }
  function shareAt(y: number): number {
    const { top, bottom } = frame()
    return (bottom - y) / (bottom - top)
  }
  function spanAt(axis: number, y: number): { hold: Hold; span: Span } | null {
    const brush = brushes().get(axes()[axis].of)
    if (!brush) return null
    const share = shareAt(y)
    const { top, bottom } = frame()
    const reach = END_REACH / (bottom - top)
    for (const span of spansOf(axes()[axis], brush)) {
      if (Math.abs(share - span.high) <= reach) return { hold: 'high', span }
      if (Math.abs(share - span.low) <= reach) return { hold: 'low', span }
      if (share > span.low && share < span.high) return { hold: 'move', span }
    }
    return null
  }
  function holdAt(x: number, y: number): Hold | null {
    const axis = axisAt(x)
    if (axis < 0 || y < frame().top - REACH) return null
    return spanAt(axis, y)?.hold ?? 'new'
  }
  function press(x: number, y: number): boolean {
    const axis = axisAt(x)
    if (axis < 0 || y < frame().top - REACH) return false
    const found = spanAt(axis, y) ?? { hold: 'new', span: { low: shareAt(y), high: shareAt(y) } }
    held = { axis, fromY: y, ...found }
    isDragging.value = true
    return true
  }
  function spanFor({ hold, fromY, span }: NonNullable<typeof held>, y: number): Span {
    const by = shareAt(y) - shareAt(fromY)
    if (hold === 'move') {
      const shift = Math.max(-span.low, Math.min(1 - span.high, by))
      return { low: span.low + shift, high: span.high + shift }
    }
    const [fixed, moving] =
      hold === 'low'
        ? [span.high, span.low + by]
        : hold === 'high'
          ? [span.low, span.high + by]
          : [span.low, shareAt(y)]
    return { low: Math.min(fixed, moving), high: Math.max(fixed, moving) }
  }
  function drag(y: number): void {
    if (!held || (held.hold === 'new' && Math.abs(y - held.fromY) < CLICK)) return
    const axis = axes()[held.axis]
    const { bottom, foot } = frame()
    const reachesFoot = axis.placeless > 0 && Math.max(y, held.fromY) > (bottom + foot) / 2
    const hadFoot = held.hold !== 'new' && (brushes().get(axis.of)?.hasPlaceless ?? false)
    set(axis.of, brushOf(axis, spanFor(held, y), reachesFoot || hadFoot))
  }
  function release(y: number): void {
    if (!held) return
    const isClick = Math.abs(y - held.fromY) < CLICK
    if (isClick && held.hold === 'new') set(axes()[held.axis].of, null)
    held = null
    isDragging.value = false
  }
  return { axisAt, holdAt, press, drag, release, isDragging }
}
