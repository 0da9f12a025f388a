// A canvas that is drawn again when its size, the theme or what it shows changes. Pictures only, no charts.

import { onBeforeUnmount, onMounted, watch, type Ref, type WatchSource } from 'vue'
import { useSettings } from '../../stores/settings'

/** Draws in CSS pixels; the canvas has been cleared and scaled to the screen's own pixels. */
export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void

export function useCanvas(
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  draw: Draw,
  changes: WatchSource<unknown>,
): void {
  const settings = useSettings()

  function redraw(): void {
    const element = canvas.value
    const context = element?.getContext('2d')
    if (!element || !context || element.clientWidth === 0) return
    const scale = window.devicePixelRatio
    element.width = Math.round(element.clientWidth * scale)
    element.height = Math.round(element.clientHeight * scale)
    context.setTransform(scale, 0, 0, scale, 0, 0)
    draw(context, element.clientWidth, element.clientHeight)
  }

  const sizes = new ResizeObserver(redraw)
  onMounted(() => {
    if (canvas.value) sizes.observe(canvas.value)
    redraw()
  })
  onBeforeUnmount(() => sizes.disconnect())
  watch([changes, () => settings.theme], redraw, { flush: 'post' })
}
