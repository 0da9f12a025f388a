// Pointer, wheel and keys on a chart. What they mean is in gestures.ts; this only listens.

import { onBeforeUnmount, onMounted, type Ref, type ShallowRef } from 'vue'
import { inverse, projector, type Range } from '../../engine/comparison/plot/axis'
import type { Rectangle } from './draw-crosshair'
import type { Plot } from './plot'
import { pan, selectionOf, viewOf, zoomX, zoomY } from './gestures'
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
  onKeyMove: () => void
}

const KEY_ZOOM = 1.5
const WHEEL_ZOOM = 0.0015
/** One notch of a wheel that reports lines or pages instead of pixels. */
const LINE_PIXELS = 30

export function useChartGestures(targets: GestureTargets): void {
  const { host, view, cursor, selection } = targets
  let drag: { kind: 'select' | 'pan'; start: { x: number; y: number }; view: ChartView; plot: Plot } | null =
    null

  function pointOf(event: MouseEvent): { x: number; y: number } {
    const bounds = host.value!.getBoundingClientRect()
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top }
  }

  function pointAt(point: { x: number; y: number }): void {
    const plot = targets.plot()
    if (!plot) return
    const isInside =
      point.x >= plot.x.from - 2 &&
      point.x <= plot.x.to + 2 &&
      point.y >= plot.y.to - 8 &&
      point.y <= plot.y.from + 8
    cursor.value = isInside ? snapToPoint(targets.model().series, inverse(plot.x)(point.x)) : null
  }

  function onPointerDown(event: PointerEvent): void {
    const plot = targets.plot()
    if (!plot || (event.button !== 0 && event.button !== 1)) return
    const start = pointOf(event)
    const kind = event.button === 1 || event.shiftKey ? 'pan' : 'select'
    drag = { kind, start, view: view.value, plot }
    host.value!.setPointerCapture(event.pointerId)
    if (event.button === 1) event.preventDefault()
  }
  function onPointerMove(event: PointerEvent): void {
    const point = pointOf(event)
    if (!drag) {
      pointAt(point)
      return
    }
    cursor.value = null
    if (drag.kind === 'select') selection.value = selectionOf(drag.plot, drag.start, point)
    else {
      // Unzoomed there is nothing to pan; y only moves once it has been zoomed.
      view.value = pan(drag.plot, drag.view, point.x - drag.start.x, point.y - drag.start.y, targets.whole())
    }
  }
  function onPointerUp(): void {
    const chosen = selection.value
    if (drag?.kind === 'select' && chosen) view.value = viewOf(drag.plot, drag.view, chosen)
    drag = null
    selection.value = null
  }
  function onPointerLeave(): void {
    if (!drag) cursor.value = null
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
    const factor = Math.exp(event.deltaY * unit * WHEEL_ZOOM)
    view.value =
      point.x < plot.x.from
        ? zoomY(plot, view.value, factor, point.y)
        : zoomX(plot, view.value, factor, point.x, targets.whole())
  }

  function moveCursor(direction: 1 | -1, pixels: number): void {
    const plot = targets.plot()
    if (!plot) return
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
    cursor.value = snapToPoint(targets.model().series, direction === 1 ? plot.x.maximum : plot.x.minimum)
    targets.onKeyMove()
  }
  function zoomByKey(factor: number): void {
    const plot = targets.plot()
    if (!plot) return
    const middle = (plot.x.from + plot.x.to) / 2
    const pixel = cursor.value === null ? middle : projector(plot.x)(cursor.value)
    view.value = zoomX(plot, view.value, factor, pixel, targets.whole())
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const actions: Record<string, () => void> = {
      ArrowLeft: () => moveCursor(-1, event.shiftKey ? 20 : 0),
      ArrowRight: () => moveCursor(1, event.shiftKey ? 20 : 0),
      Home: () => moveToEnd(-1),
      End: () => moveToEnd(1),
      '+': () => zoomByKey(1 / KEY_ZOOM),
      '=': () => zoomByKey(1 / KEY_ZOOM),
      '-': () => zoomByKey(KEY_ZOOM),
      '0': () => (view.value = WHOLE_VIEW),
      Escape: () => {
        if (drag) {
          drag = null
          selection.value = null
        } else cursor.value = null
      },
    }
    const action = actions[event.key]
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
