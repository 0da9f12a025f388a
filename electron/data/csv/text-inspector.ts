// Finds out how the text of a file is encoded, by looking at every byte once, chunk by chunk. A wrong guess
// here would silently change names and categories, so what fits no encoding is an error and not a guess.

import { DescentError } from '../../../engine/errors'
import type { TextEncoding } from '../../../engine/data/table'
import { recognizeBinary } from './file-signature'

export interface InspectedText {
  encoding: TextEncoding
  /** Length of the byte order mark in bytes. */
  markLength: number
}

/** Bytes that Windows-1252 leaves undefined. */
const UNDEFINED_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])
const NEWLINE = 0x0a
/** Control characters other than tab, line ends, vertical tab, form feed and the old end-of-file mark. */
const isControl = (byte: number) => byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1a

/** Where in the file something was found first. */
interface Place {
  line: number
  byte: number
}

export class TextInspector {
  private bytes = 0
  private line = 1
  private wide: 'utf-16le' | 'utf-16be' | null = null
  private markLength = 0
  private isStarted = false
  private nul: Place | null = null
  private notUtf8: Place | null = null
  private notWindows: Place | null = null
  private control: Place | null = null
  /** Continuation bytes still needed by the character under way, and the bounds of the next of them. */
  private needed = 0
  private lowest = 0x80
  private highest = 0xbf

  constructor(private readonly fileName: string) {}

  /** @throws DescentError('bad-data') as soon as the bytes are certainly no text */
  push(chunk: Uint8Array): void {
    if (!this.isStarted && chunk.length > 0) this.start(chunk)
    if (this.wide === null) this.look(chunk)
    this.bytes += chunk.length
  }

  /**
   * @param chosen the encoding a person chose; null: detected
   * @param isWhole false when only the beginning of the file was pushed, which may end within a character
   * @throws DescentError('bad-data') when the bytes are no text, or not in the chosen encoding
   */
  finish(chosen: TextEncoding | null = null, isWhole = true): InspectedText {
    if (this.bytes - this.markLength <= 0) {
      throw new DescentError(
        'bad-data',
        `${this.fileName} is empty.`,
        'Choose a file with a header and rows.',
      )
    }
    const encoding = chosen ?? this.detect(isWhole)
    if (this.wide !== null && encoding !== this.wide) {
      const found = this.wide.toUpperCase()
      throw this.refuse(`is ${found} text`, `Choose ${found} or automatic.`)
    }
    if (encoding === 'utf-16le' || encoding === 'utf-16be') {
      if (this.wide === null && this.nul === null && chosen !== null) {
        throw this.refuse(
          `has no byte 0, so it is not ${encoding.toUpperCase()}`,
          'Choose UTF-8 or automatic.',
        )
      }
      if (isWhole && this.bytes % 2 === 1) {
        throw this.refuse(`is ${this.bytes} bytes long, and UTF-16 text has an even number`)
      }
    } else if (this.nul !== null) {
      throw this.refuse(`holds a byte 0 in line ${this.nul.line} (byte ${this.nul.byte}), so it is not text`)
    }
    if (encoding === 'utf-8') this.assertUtf8(isWhole)
    if (encoding === 'windows-1252') this.assertWindows()
    return { encoding, markLength: this.markLength }
  }

  private start(chunk: Uint8Array): void {
    this.isStarted = true
    const binary = recognizeBinary(chunk)
    if (binary !== null) {
      throw new DescentError(
        'bad-data',
        `${this.fileName} is not text: it looks like ${binary.looksLike}.`,
        binary.remedy,
      )
    }
    const [a, b, c, d] = chunk
    if (
      (a === 0xff && b === 0xfe && c === 0 && d === 0) ||
      (a === 0 && b === 0 && c === 0xfe && d === 0xff)
    ) {
      throw this.refuse('is UTF-32 text, which is not supported', 'Save it as UTF-8.')
    }
    this.markLength = markLengthOf(chunk)
    if (this.markLength === 2) this.wide = a === 0xff ? 'utf-16le' : 'utf-16be'
    else if (this.markLength === 0) this.wide = guessWide(chunk)
  }

  private look(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]
      if (byte >= 0x20 && byte < 0x7f && this.needed === 0) continue
      if (byte === 0) this.nul ??= this.place(i)
      else if (isControl(byte)) this.control ??= this.place(i)
      if (UNDEFINED_IN_1252.has(byte)) this.notWindows ??= this.place(i)
      this.followUtf8(byte, i)
      if (byte === NEWLINE) this.line++
    }
  }

  /** Well-formed byte sequences of the Unicode Standard, table 3-7. */
  private followUtf8(byte: number, i: number): void {
    if (this.needed > 0) {
      const isNext = byte >= this.lowest && byte <= this.highest
      this.lowest = 0x80
      this.highest = 0xbf
      if (isNext) {
        this.needed--
        return
      }
      this.notUtf8 ??= this.place(i)
      this.needed = 0
    }
    if (byte < 0x80) return
    if (byte >= 0xc2 && byte <= 0xdf) this.needed = 1
    else if (byte >= 0xe0 && byte <= 0xef) {
      this.needed = 2
      if (byte === 0xe0) this.lowest = 0xa0
      if (byte === 0xed) this.highest = 0x9f
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      this.needed = 3
      if (byte === 0xf0) this.lowest = 0x90
      if (byte === 0xf4) this.highest = 0x8f
    } else this.notUtf8 ??= this.place(i)
  }

  private place(index: number): Place {
    return { line: this.line, byte: this.bytes + index + 1 }
  }

  private detect(isWhole: boolean): TextEncoding {
    if (this.wide !== null) return this.wide
    const isUtf8 = this.notUtf8 === null && (this.needed === 0 || !isWhole)
    return isUtf8 || this.markLength === 3 ? 'utf-8' : 'windows-1252'
  }

  private assertUtf8(isWhole: boolean): void {
    if (this.needed > 0 && isWhole) this.notUtf8 ??= this.place(-1)
    if (this.notUtf8 === null) return
    const { line, byte } = this.notUtf8
    throw this.refuse(
      `is not UTF-8 text: line ${line} breaks it at byte ${byte}`,
      'Choose Windows-1252 or automatic.',
    )
  }

  private assertWindows(): void {
    const wrong = this.notWindows ?? this.control
    if (wrong === null) return
    throw this.refuse(
      `is neither UTF-8 nor Windows-1252 text: line ${wrong.line} breaks both (byte ${wrong.byte})`,
    )
  }

  private refuse(what: string, remedy = 'Save it as UTF-8 text and import that.'): DescentError {
    return new DescentError('bad-data', `${this.fileName} ${what}.`, remedy)
  }
}

/** Length of the byte order mark that a file begins with: 3 for UTF-8, 2 for UTF-16, 0 without. */
export function markLengthOf(start: Uint8Array): number {
  const [a, b, c] = start
  if (a === 0xef && b === 0xbb && c === 0xbf) return 3
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) ? 2 : 0
}

/**
 * UTF-16 without a byte order mark: in Latin text nearly every second byte is 0.
 * Needs a quarter of one side to be 0 and next to none of the other.
 */
function guessWide(chunk: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(chunk.length, 4096) & ~1
  if (length < 4) return null
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (chunk[i] === 0) even++
    if (chunk[i + 1] === 0) odd++
  }
  const pairs = length / 2
  if (odd > pairs / 4 && even <= pairs / 50) return 'utf-16le'
  if (even > pairs / 4 && odd <= pairs / 50) return 'utf-16be'
  return null
}
