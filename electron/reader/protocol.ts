// How the reader is started: by a word on its command line, and the database that it reads.

const READER_ARGUMENT = 'reader'

export function readerArguments(databasePath: string): string[] {
  return [READER_ARGUMENT, databasePath]
}

/** The database that this process is to read; null where it is no reader. */
export function databaseOfReader(argv: readonly string[]): string | null {
  const place = argv.indexOf(READER_ARGUMENT)
  return place < 0 ? null : (argv[place + 1] ?? null)
}
