// Pointer, wheel and keys on a chart. What they mean is in gestures.ts; this only listens.

import { onBeforeUnmount, onMounted, type Ref, type ShallowRef } from 'vue'
import { inverse, projector, type Range } from '../../engine/comparison/plot/axis'
import type { Rectangle } from './draw-crosshair'
import type { Plot } from './plot'
import { brushOf, pan, SMALLEST, viewOf, zoomX, zoomY } from './gestures'
import { isPointerMoved } from './pointer-rest'
import { nextPoint, snapToPoint } from './readings'
import { WHOLE_VIEW, type ChartModel, type ChartView } from '../../engine/comparison/plot/series'

export interface GestureTargets {
  host: Readonly<ShallowRef<HTMLElement | null>>
  plot: () => Plot | null
  model: () => ChartModel
  view: Ref<ChartView>
  whole: () => Range
  /** Place of the crosshair on x; null: there is none. */
  cursor: Ref<number | null>
  selection: Ref<Rectangle | null>
  /** Whether a drag selects a part of x; otherwise it does with Shift, and pans without. */
  isBrushing: Ref<boolean>
  onKeyMove: () => void
  /** Down or up the list of the lines at the crosshair. */
  onStep: (direction: 1 | -1) => void
  /** The pointer is here, or gone. */
  onPoint: (point: Point | null) => void
  onClick: (point: Point) => void
}

interface Point {
  x: number
  y: number
}

const KEY_ZOOM = 1.5
/** Share of the width that a key pans by. */
const KEY_PAN = 0.1
const FAR_PIXELS = 20
const WHEEL_ZOOM = 0.0015
/** Fingers on a touchpad report a pinch as a wheel with Ctrl, in small steps. */
const PINCH_ZOOM = 0.01
/** One notch of a wheel that reports lines or pages instead of pixels. */
const LINE_PIXELS = 30

interface Drag {
  kind: 'brush' | 'pan' | 'pan-y'
  start: Point
  view: ChartView
  plot: Plot
  hasMoved: boolean
}

export function useChartGestures(targets: GestureTargets): void {
  const { host, view, cursor, selection } = targets
  let drag: Drag | null = null
  /** Keys put the crosshair where it is; it stays there until the pointer is really moved. */
  let isByKey = false
  /** Fingers on the chart; two of them pinch. */
  const fingers = new Map<number, Point>()
  let lastSpread = 0

  function pointOf(event: MouseEvent): Point {
    const bounds = host.value!.getBoundingClientRect()
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top }
  }

  function pointAt(point: Point): void {
    const plot = targets.plot()
    if (!plot) return
    const isInside =
      point.x >= plot.x.from - 2 &&
      point.x <= plot.x.to + 2 &&
      point.y >= plot.y.to - 8 &&
      point.y <= plot.y.from + 8
    cursor.value = isInside ? snapToPoint(targets.model().series, inverse(plot.x)(point.x)) : null
    targets.onPoint(isInside ? point : null)
  }

  function onPointerDown(event: PointerEvent): void {
    const plot = targets.plot()
    if (!plot || (event.button !== 0 && event.button !== 1)) return
    const start = pointOf(event)
    if (event.pointerType === 'touch') {
      fingers.set(event.pointerId, start)
      if (fingers.size === 2) {
        drag = null
        selection.value = null
        lastSpread = spreadOfFingers()
        return
      }
    }
    const isOnAxis = start.x < plot.x.from
    const isBrush = event.button === 0 && !isOnAxis && event.shiftKey !== targets.isBrushing.value
    const kind = isOnAxis ? 'pan-y' : isBrush ? 'brush' : 'pan'
    drag = { kind, start, view: view.value, plot, hasMoved: false }
    host.value!.setPointerCapture(event.pointerId)
    if (event.button === 1) event.preventDefault()
  }
  function spreadOfFingers(): number {
    const [a, b] = [...fingers.values()]
    return Math.max(1, Math.hypot(a.x - b.x, a.y - b.y))
  }
  function pinch(): void {
    const plot = targets.plot()
    if (!plot) return
    const [a, b] = [...fingers.values()]
    const spread = spreadOfFingers()
    view.value = zoomX(plot, view.value, lastSpread / spread, (a.x + b.x) / 2, targets.whole())
    lastSpread = spread
  }
  function onPointerMove(event: PointerEvent): void {
    const point = pointOf(event)
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, point)
    if (fingers.size === 2) {
      pinch()
      return
    }
    if (!drag) {
      if (isByKey && !isPointerMoved()) return
      isByKey = false
      pointAt(point)
      return
    }
    const [dx, dy] = [point.x - drag.start.x, point.y - drag.start.y]
    if (!drag.hasMoved && Math.hypot(dx, dy) < SMALLEST) return
    drag.hasMoved = true
    cursor.value = null
    targets.onPoint(null)
    if (drag.kind === 'brush') selection.value = brushOf(drag.plot, drag.start, point)
    else if (drag.kind === 'pan') view.value = pan(drag.plot, drag.view, dx, dy, targets.whole())
    else {
      const { y } = drag.plot
      const pinned = { ...drag.view, y: [y.minimum, y.maximum] as const }
      view.value = pan(drag.plot, pinned, 0, dy, targets.whole())
    }
  }
  function onPointerUp(event: PointerEvent): void {
    fingers.delete(event.pointerId)
    const chosen = selection.value
    if (drag?.kind === 'brush' && chosen) view.value = viewOf(drag.plot, drag.view, chosen)
    else if (drag && !drag.hasMoved && event.type === 'pointerup') targets.onClick(drag.start)
    drag = null
    selection.value = null
  }
  function onPointerLeave(): void {
    if (drag) return
    cursor.value = null
    targets.onPoint(null)
  }

  function onWheel(event: WheelEvent): void {
    const plot = targets.plot()
    if (!plot) return
    event.preventDefault()
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PIXELS
    const point = pointOf(event)
    const across = (event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX) * unit
    if (Math.abs(across) > Math.abs(event.shiftKey ? 0 : event.deltaY * unit)) {
      view.value = pan(plot, view.value, -across, 0, targets.whole())
      return
    }
    const factor = Math.exp(event.deltaY * unit * (event.ctrlKey ? PINCH_ZOOM : WHEEL_ZOOM))
    view.value =
      point.x < plot.x.from
        ? zoomY(plot, view.value, factor, point.y)
        : zoomX(plot, view.value, factor, point.x, targets.whole())
  }

  function moveCursor(direction: 1 | -1, pixels: number): void {
    const plot = targets.plot()
    if (!plot) return
    isByKey = true
    const { series } = targets.model()
    if (cursor.value === null) {
      cursor.value = snapToPoint(series, direction === 1 ? plot.x.minimum : plot.x.maximum)
    } else {
      const toX = inverse(plot.x)
      const at = projector(plot.x)(cursor.value)
      const distance = Math.abs(toX(at + pixels) - toX(at))
      cursor.value = nextPoint(series, cursor.value, direction, distance) ?? cursor.value
    }
    targets.onKeyMove()
  }
  function moveToEnd(direction: 1 | -1): void {
    const plot = targets.plot()
    if (!plot) return
    isByKey = true
    cursor.value = snapToPoint(targets.model().series, direction === 1 ? plot.x.maximum : plot.x.minimum)
    targets.onKeyMove()
  }
  function step(direction: 1 | -1): void {
    if (cursor.value === null) moveToEnd(1)
    isByKey = true
    targets.onStep(direction)
  }
  function zoomByKey(factor: number): void {
    const plot = targets.plot()
    if (!plot) return
    const middle = (plot.x.from + plot.x.to) / 2
    const pixel = cursor.value === null ? middle : projector(plot.x)(cursor.value)
    view.value = zoomX(plot, view.value, factor, pixel, targets.whole())
  }

  function panByKey(direction: 1 | -1): void {
    const plot = targets.plot()
    if (!plot) return
    const across = (plot.x.to - plot.x.from) * KEY_PAN
    view.value = pan(plot, view.value, -direction * across, 0, targets.whole())
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Keys on a button in the chart's corner are the button's.
    if (event.target !== host.value || event.ctrlKey || event.metaKey || event.altKey) return
    const actions: Record<string, () => void> = {
      ArrowLeft: () => (event.shiftKey ? panByKey(-1) : moveCursor(-1, 0)),
      ArrowRight: () => (event.shiftKey ? panByKey(1) : moveCursor(1, 0)),
      ArrowUp: () => step(-1),
      ArrowDown: () => step(1),
      PageUp: () => moveCursor(-1, FAR_PIXELS),
      PageDown: () => moveCursor(1, FAR_PIXELS),
      Home: () => moveToEnd(-1),
      End: () => moveToEnd(1),
      '+': () => zoomByKey(1 / KEY_ZOOM),
      '=': () => zoomByKey(1 / KEY_ZOOM),
      '-': () => zoomByKey(KEY_ZOOM),
      '0': () => (view.value = WHOLE_VIEW),
      b: () => (targets.isBrushing.value = !targets.isBrushing.value),
      Escape: () => {
        if (drag) {
          drag = null
          selection.value = null
        } else {
          cursor.value = null
          targets.onPoint(null)
        }
      },
    }
    const action = actions[event.key === 'B' ? 'b' : event.key]
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }
  const onDoubleClick = () => (view.value = WHOLE_VIEW)

  onMounted(() => {
    const element = host.value!
    element.addEventListener('pointerdown', onPointerDown)
    element.addEventListener('pointermove', onPointerMove)
    element.addEventListener('pointerup', onPointerUp)
    element.addEventListener('pointercancel', onPointerUp)
    element.addEventListener('pointerleave', onPointerLeave)
    element.addEventListener('wheel', onWheel, { passive: false })
    element.addEventListener('keydown', onKeyDown)
    element.addEventListener('dblclick', onDoubleClick)
  })
  // The listeners go with the element; only a drag under way must not outlive it.
  onBeforeUnmount(() => (drag = null))
}
