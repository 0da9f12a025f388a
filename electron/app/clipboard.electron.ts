// Pictures on the clipboard. Electron 45 takes items, as the web's clipboard does; before, there was a call for images.

import * as electron from 'electron'
import type { NativeImage } from 'electron'

interface ImageClipboard {
  writeImage(image: NativeImage): void
}

function takesImages(clipboard: object): clipboard is ImageClipboard {
  return 'writeImage' in clipboard
}

/** @returns false for what is no picture; the clipboard then stays as it was */
export async function copyPicture(png: Uint8Array): Promise<boolean> {
  const bytes = Buffer.from(png)
  const image = electron.nativeImage.createFromBuffer(bytes)
  if (image.isEmpty()) return false
  const { clipboard } = electron
  if (takesImages(clipboard)) clipboard.writeImage(image)
  else
    await clipboard.write([
      new electron.ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) }),
    ])
  return true
}
