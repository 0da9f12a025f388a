// The SVG of a panel as pixels. A picture in a picture has none of the page's fonts, so that of the page goes into it.

import type { Picture, PictureScale } from '../../charts/picture'
import type { Drawn } from './drawn-svg'

/** The fonts that texts of pictures are set in; other alphabets fall back to the system's. */
const FACES = /Inter/
const PLAIN_LATIN = /U\+0*-|U\+0000|U\+0{1,3}-/i

let faces: Promise<string> | null = null

async function asDataUrl(url: string): Promise<string> {
  const blob = await (await fetch(url)).blob()
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(new Error(`The font ${url} could not be read.`))
    reader.readAsDataURL(blob)
  })
}

/** The page's own rules for its font, with the font itself in them. */
async function readFaces(): Promise<string> {
  const rules = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule)
    .filter(({ style }) => FACES.test(style.getPropertyValue('font-family')))
    .filter(({ style }) => PLAIN_LATIN.test(style.getPropertyValue('unicode-range')))
  const texts = rules.map(async ({ style, parentStyleSheet }) => {
    const address = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue('src'))?.[1]
    if (address === undefined) return ''
    const url = new URL(address, parentStyleSheet?.href ?? document.baseURI)
    return `@font-face{font-family:Inter;font-weight:100 900;src:url(${await asDataUrl(url.href)}) format('woff2')}`
  })
  return (await Promise.all(texts)).join('')
}

/** @throws where the machine can not draw or encode it */
export async function drawnPicture({ svg, width, height }: Drawn, scale: PictureScale): Promise<Picture> {
  faces ??= readFaces()
  const withFont = svg.replace('<title>', `<style>${await faces}</style><title>`)
  const url = URL.createObjectURL(new Blob([withFont], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = width * scale
    canvas.height = height * scale
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) {
      throw new Error(
        `A picture of ${canvas.width} x ${canvas.height} pixels could not be encoded. Make the window smaller.`,
      )
    }
    return { bytes: new Uint8Array(await blob.arrayBuffer()), width: canvas.width, height: canvas.height }
  } finally {
    URL.revokeObjectURL(url)
  }
}
