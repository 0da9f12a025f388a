// Grey images: the theme's ink on its paper, as the previews of data sets have them.

import { tokenValue } from '../../palette'
import { mix, paintGrid, rgbOf } from './colors'

/**
 * @param shareOf 0 (paper) to 1 (ink) of a pixel; outside is cut off
 * @param marked pixels that get a frame and a stroke through them: wrong ones
 */
export function drawImage(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
  size: { width: number; height: number },
  shareOf: (index: number) => number,
  marked: readonly number[] = [],
): void {
  const ink = rgbOf(tokenValue('ink'))
  const [cellWidth, cellHeight] = [width / size.width, height / size.height]
  // A few large cells stand apart, each to be judged; many small ones are one image.
  const isApart = cellWidth >= 8
  const paper = rgbOf(tokenValue(isApart ? 'fill2' : 'canvas'))
  const color = (index: number) => mix(paper, ink, shareOf(index))
  if (isApart) {
    for (let index = 0; index < size.width * size.height; index++) {
      const [red, green, blue] = color(index)
      context.fillStyle = `rgb(${red} ${green} ${blue})`
      const x = left + (index % size.width) * cellWidth
      const y = top + Math.floor(index / size.width) * cellHeight
      context.fillRect(x + 0.5, y + 0.5, cellWidth - 1, cellHeight - 1)
    }
  } else {
    context.imageSmoothingEnabled = cellWidth < 3
    context.imageSmoothingQuality = 'high'
    context.drawImage(paintGrid(size.width, size.height, color), left, top, width, height)
  }
  context.strokeStyle = tokenValue('bad')
  context.lineWidth = 2
  for (const index of marked) {
    const x = left + (index % size.width) * cellWidth
    const y = top + Math.floor(index / size.width) * cellHeight
    context.strokeRect(x + 1.5, y + 1.5, cellWidth - 3, cellHeight - 3)
    context.beginPath()
    context.moveTo(x + 3, y + cellHeight - 3)
    context.lineTo(x + cellWidth - 3, y + 3)
    context.stroke()
  }
}
