// The picture of a chart, taken away: to the clipboard, or as a file where the native dialog says.

import type { Picture, PictureScale } from '../charts/picture'
import { call } from '../client'
import { formatCount } from '../format'
import { useNotices } from '../stores/notices'
import type { MenuCommandItem } from '../ui/menu'
import { noticeOfFile } from './run-export'

export interface ChartPictures {
  copy(): void
  save(scale: PictureScale): void
  /** Where the log's reader does not draw it. */
  saveSvg?(): void
}

/** Sharp on screens with two pixels a point, and in print. */
const COPIED_SCALE: PictureScale = 2

export interface PictureSource {
  /** What was copied, for the notice. */
  title: () => string
  /** Without its ending. */
  fileName: () => string
  take: (scale: PictureScale) => Promise<Picture>
  svg: () => Promise<string>
}

export function useChartPictures({ title, fileName, take, svg }: PictureSource): ChartPictures {
  const notices = useNotices()
  let isBusy = false
  /** One at a time: a second press asks for the same. */
  async function doing(work: () => Promise<void>): Promise<void> {
    if (isBusy) return
    isBusy = true
    try {
      await work()
    } catch (thrown) {
      notices.fail(thrown)
    } finally {
      isBusy = false
    }
  }
  return {
    copy: () =>
      void doing(async () => {
        const { bytes, width, height } = await take(COPIED_SCALE)
        await call('app.copyPicture', { bytes })
        notices.show('info', `Copied the chart: ${title()}`, {
          hint: `A picture of ${formatCount(width)} × ${formatCount(height)} pixels.`,
        })
      }),
    save: (scale) =>
      void doing(async () => {
        const { bytes } = await take(scale)
        const name = scale === 1 ? `${fileName()} 1x` : fileName()
        const file = await call('exports.png', { name, bytes })
        if (file) noticeOfFile(file)
      }),
    saveSvg: () =>
      void doing(async () => {
        const file = await call('exports.svg', { name: fileName(), text: await svg() })
        if (file) noticeOfFile(file)
      }),
  }
}

/** Menu items of one chart. */
export function pictureItems(
  { copy, save, saveSvg }: ChartPictures,
  id = 'picture',
  shortcut?: string,
): MenuCommandItem[] {
  return [
    { id: `${id}-copy`, text: 'Copy chart', shortcut, run: copy },
    { id: `${id}-png-2`, text: 'Chart as PNG, 2×', run: () => save(2) },
    { id: `${id}-png-1`, text: 'Chart as PNG, 1×', run: () => save(1) },
    ...(saveSvg ? [{ id: `${id}-svg`, text: 'Chart as SVG', run: saveSvg }] : []),
  ]
}
