// One run is read in a picture of many: the one under the pointer, or by keys one after the other. It has a card beside
// it and is said aloud.

import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { RunSummary } from '../../../../electron/contract'
import type { ValueAxis } from './model/value-axis'
import { valueText } from './model/value-text'

interface Point {
  x: number
  y: number
}

export interface Picture {
  runs: () => readonly RunSummary[]
  /** The values that are said of a run. */
  axes: () => readonly ValueAxis[]
  /** Positions of the runs that are pointed at, here or elsewhere. */
  highlighted: () => readonly number[]
  /** Positions of runs in the order in which keys read them. */
  order: () => readonly number[]
  /** Where the card of a run stands that was found by keys. */
  placeOf: (run: number) => Point
  forward: 'ArrowUp' | 'ArrowRight'
  back: 'ArrowDown' | 'ArrowLeft'
  highlight: (run: number) => void
  open: (run: number) => void
  /** Escape while no run is read. */
  escape?: () => void
}

export interface RunReading {
  /** Where the card stands; null: nowhere. */
  place: Readonly<Ref<Point | null>>
  card: ComputedRef<RunSummary | null>
  spoken: ComputedRef<string>
  /** Position of the run that is read here, -1: none. */
  isReading: () => boolean
  /** Reads a run, -1 for none, with its card at `at`. */
  point: (run: number, at: Point | null) => void
  leave: () => void
  openRead: () => void
  onKey: (event: KeyboardEvent) => void
}

export function useRunReading(picture: Picture): RunReading {
  const place = shallowRef<Point | null>(null)
  let pointed = -1

  function point(run: number, at: Point | null): void {
    place.value = at
    if (run === pointed) return
    pointed = run
    picture.highlight(run)
  }
  const leave = () => point(-1, null)
  const isReading = () => pointed >= 0
  function openRead(): void {
    if (isReading()) picture.open(pointed)
  }

  function positionAfter(key: string, order: readonly number[]): number | null {
    const at = order.indexOf(pointed)
    switch (key) {
      case 'Home':
        return 0
      case 'End':
        return order.length - 1
      case picture.forward:
        return Math.min(order.length - 1, at + 1)
      case picture.back:
        return at < 0 ? order.length - 1 : Math.max(0, at - 1)
      default:
        return null
    }
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      if (isReading()) leave()
      else picture.escape?.()
    } else if (event.key === 'Enter') openRead()
    else {
      const order = picture.order()
      const position = positionAfter(event.key, order)
      if (position === null) return
      event.preventDefault()
      if (order.length > 0) point(order[position], picture.placeOf(order[position]))
    }
  }

  const card = computed(() => {
    const highlighted = picture.highlighted()
    return place.value && highlighted.length === 1 ? picture.runs()[highlighted[0]] : null
  })
  const spoken = computed(() => {
    if (!card.value) return ''
    const [run] = picture.highlighted()
    const values = picture.axes().map((axis) => `${axis.label} ${valueText(axis.of, axis.values[run])}`)
    return `${card.value.name}: ${values.join(', ')}`
  })
  return { place, card, spoken, isReading, point, leave, openRead, onKey }
}
