// Reordering with the pointer: the layers change places while the pointer moves, and one undo takes it all back.

import { onBeforeUnmount, ref, type Ref } from 'vue'
import { useDesign } from '../../../stores/design'

export function useLayerDrag(list: Readonly<Ref<HTMLElement | null>>) {
  const design = useDesign()
  /** Key of the layer under the pointer. */
  const draggedKey = ref<number | null>(null)
  let stop: (() => void) | null = null
  let drags = 0

  function place(key: number): number {
    return design.layerKeys.indexOf(key)
  }
  /** Where the pointer is among the cards: the first whose middle lies below it. */
  function targetOf(y: number, from: number): number {
    const cards = [...(list.value?.querySelectorAll<HTMLElement>('[data-layer]') ?? [])]
    const middles = cards.map((card) => {
      const { top, height } = card.getBoundingClientRect()
      return top + height / 2
    })
    let to = from
    while (to < middles.length - 1 && y > middles[to + 1]) to++
    while (to > 0 && y < middles[to - 1]) to--
    return to
  }

  function grab(event: PointerEvent, index: number): void {
    if (event.button !== 0) return
    event.preventDefault()
    stop?.()
    const key = design.layerKeys[index]
    const stepKey = `drag-${++drags}`
    let hasMoved = false
    design.selectLayer(null)
    draggedKey.value = key

    function onMove(move: PointerEvent): void {
      const from = place(key)
      const to = targetOf(move.clientY, from)
      if (to === from) return
      design.moveLayerTo(from, to, stepKey)
      hasMoved = true
    }
    function onKey(pressed: KeyboardEvent): void {
      if (pressed.key !== 'Escape') return
      pressed.stopPropagation()
      end()
      if (hasMoved) design.undo()
    }
    function end(): void {
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerup', end)
      window.removeEventListener('pointercancel', end)
      window.removeEventListener('keydown', onKey, true)
      draggedKey.value = null
      design.closeStep()
      stop = null
    }
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerup', end)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', onKey, true)
    stop = end
  }

  onBeforeUnmount(() => stop?.())
  return { draggedKey, grab }
}
