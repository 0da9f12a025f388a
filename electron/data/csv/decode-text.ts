// Decodes bytes of an inspected file, chunk by chunk, into UTF-8 bytes for the parser.

import { DescentError } from '../../../engine/errors'
import type { InspectedText } from './text-inspector'

export interface TextDecoding {
  /** UTF-8 bytes of what can be decoded so far. */
  decode(chunk: Uint8Array): Buffer
  /** The rest; a file must not end within a character. */
  finish(): Buffer
}

const NOTHING = Buffer.alloc(0)

/** What Windows-1252 has at 0x80 to 0x9f, where Latin-1 has control characters; '\0' where it has nothing. */
const WINDOWS_1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'
const C1 = /[\u0080-\u009f]/g

/** @throws DescentError('bad-data') from `decode` or `finish` when UTF-16 text holds half a character */
export function decodeText({ encoding, markLength }: InspectedText, fileName: string): TextDecoding {
  let toSkip = markLength
  const withoutMark = (chunk: Uint8Array): Uint8Array => {
    const skipped = Math.min(toSkip, chunk.length)
    toSkip -= skipped
    return chunk.subarray(skipped)
  }
  if (encoding === 'utf-8') {
    return { decode: (chunk) => asBuffer(withoutMark(chunk)), finish: () => NOTHING }
  }
  if (encoding === 'windows-1252') {
    // Not TextDecoder: some versions of Node decode this label as Latin-1, which loses the euro sign.
    return {
      decode: (chunk) => {
        const latin1 = asBuffer(withoutMark(chunk)).toString('latin1')
        return Buffer.from(latin1.replace(C1, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80]))
      },
      finish: () => NOTHING,
    }
  }
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  const guarded = (decode: () => string): Buffer => {
    try {
      return Buffer.from(decode())
    } catch {
      const message = `${fileName} is not ${encoding.toUpperCase()} text: it holds half a character.`
      throw new DescentError('bad-data', message, 'Save it as UTF-8 text and import that.')
    }
  }
  return {
    decode: (chunk) => guarded(() => decoder.decode(withoutMark(chunk), { stream: true })),
    finish: () => guarded(() => decoder.decode()),
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
