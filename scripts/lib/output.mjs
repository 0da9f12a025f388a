// One line a step. On a terminal the line is rewritten while the step works; elsewhere progress is printed rarely.

const secondsBetweenLines = 15

/**
 * @typedef {object} Report
 * @property {(name: string, detail: string) => void} upToDate Nothing had to be done.
 * @property {(name: string, detail: string) => void} working A step has begun that takes a moment.
 * @property {(name: string, detail: string) => void} progress
 * @property {(name: string, detail: string) => void} done The step did something.
 * @property {(name: string, detail: string) => void} warning
 */

/**
 * @param {{ quiet: boolean, stream?: NodeJS.WriteStream, now?: () => number }} options quiet: say nothing of
 *   steps that had nothing to do, and keep standard output clean for the program that follows.
 * @returns {Report}
 */
export function createReport({ quiet, stream = quiet ? process.stderr : process.stdout, now = Date.now }) {
  let isLineOpen = false
  let lastProgressAt = 0
  // Somebody who stops reading (`| head`) does not stop the work.
  stream.on('error', () => {})

  /** @param {string} text @param {boolean} keepOpen */
  function write(text, keepOpen) {
    const start = isLineOpen ? '\r\x1b[2K' : ''
    isLineOpen = keepOpen && Boolean(stream.isTTY)
    stream.write(`${start}${text}${isLineOpen ? '' : '\n'}`)
  }
  /** @param {string} name @param {string} detail */
  const line = (name, detail) => `setup: ${name} ... ${detail}`

  return {
    upToDate(name, detail) {
      if (!quiet) write(line(name, detail), false)
    },
    working(name, detail) {
      lastProgressAt = now()
      write(line(name, detail), true)
    },
    progress(name, detail) {
      if (!stream.isTTY && now() - lastProgressAt < secondsBetweenLines * 1000) return
      lastProgressAt = now()
      write(line(name, detail), true)
    },
    done(name, detail) {
      write(line(name, detail), false)
    },
    warning(name, detail) {
      write(line(name, `warning: ${detail}`), false)
    },
  }
}

/**
 * @param {number} bytes
 * @param {number | undefined} totalBytes
 * @returns {string} "47 of 187 MB (25 %)", or "47 MB" where the total is not known.
 */
export function describeBytes(bytes, totalBytes) {
  const megabytes = (/** @type {number} */ count) => Math.round(count / 2 ** 20)
  if (!totalBytes) return `${megabytes(bytes)} MB`
  const percent = Math.min(100, Math.floor((100 * bytes) / totalBytes))
  return `${megabytes(Math.min(bytes, totalBytes))} of ${megabytes(totalBytes)} MB (${percent} %)`
}
