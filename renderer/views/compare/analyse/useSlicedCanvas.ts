// A canvas that is drawn piece by piece, so that ten thousand lines never hold up a frame: as many pieces a frame as a
// few milliseconds allow. A change starts anew; the pieces come in an order in which the first already look like all.

import { onBeforeUnmount, onMounted, shallowRef, watch, type Ref, type WatchSource } from 'vue'
import { rememberDrawing, type SlicedPicture } from '../../../exports/drawn/drawn-svg'
import { useSettings } from '../../../stores/settings'

const SLICE_MS = 6
/** Pieces between two looks at the clock. */
const STRIDE = 50
/** What is recorded in a frame is also painted in it, which the clock does not see. */
const MOST_A_FRAME = 1500

export function useSlicedCanvas(
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  /** Prepares a picture of the size in CSS pixels. */
  begin: (width: number, height: number) => SlicedPicture,
  changes: WatchSource<unknown>,
): { isWhole: Readonly<Ref<boolean>> } {
  const settings = useSettings()
  const isWhole = shallowRef(true)
  let frame = 0

  function restart(): void {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(start)
  }
  function start(): void {
    frame = 0
    const element = canvas.value
    const context = element?.getContext('2d')
    if (!element || !context || element.clientWidth === 0) return
    const scale = window.devicePixelRatio
    const width = Math.round(element.clientWidth * scale)
    const height = Math.round(element.clientHeight * scale)
    // Giving a canvas a size, even the same one, makes it anew.
    if (element.width !== width) element.width = width
    if (element.height !== height) element.height = height
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, width, height)
    context.setTransform(scale, 0, 0, scale, 0, 0)
    const picture = begin(element.clientWidth, element.clientHeight)
    rememberDrawing(element, picture)
    drawSlice(context, picture, 0)
  }
  function drawSlice(context: CanvasRenderingContext2D, picture: SlicedPicture, from: number): void {
    const until = performance.now() + SLICE_MS
    const most = Math.min(picture.pieces, from + MOST_A_FRAME)
    let at = from
    while (at < most && (at === from || performance.now() < until)) {
      const to = Math.min(most, at + STRIDE)
      picture.draw(context, at, to)
      at = to
    }
    isWhole.value = at >= picture.pieces
    frame = isWhole.value ? 0 : requestAnimationFrame(() => drawSlice(context, picture, at))
  }

  const sizes = new ResizeObserver(restart)
  onMounted(() => {
    if (canvas.value) sizes.observe(canvas.value)
    restart()
  })
  onBeforeUnmount(() => {
    sizes.disconnect()
    cancelAnimationFrame(frame)
  })
  watch([changes, () => settings.theme], restart, { flush: 'post' })
  return { isWhole }
}
