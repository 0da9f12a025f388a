// Where the command line writes. Results go to stdout, progress and errors to stderr.

let isOutputClosed = false

/** A reader that has seen enough (`| head`) is no error. */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      isOutputClosed = true
    })
  }
}

export function say(line = ''): void {
  if (!isOutputClosed) process.stdout.write(`${line}\n`)
}

export function sayAside(line: string): void {
  if (!isOutputClosed) process.stderr.write(`${line}\n`)
}

/** Text to stdout, at the reader's pace. Resolves false once nobody reads any more. */
export async function pour(text: string): Promise<boolean> {
  if (isOutputClosed) return false
  await new Promise((resolve) => process.stdout.write(text, resolve))
  return !isOutputClosed
}
