// Gives every column a name of its own: headers may be empty or repeat, and no column may be lost for it.

export interface NamedColumns {
  names: string[]
  /** The header as it stood in the file, where the name differs from it. */
  originals: (string | null)[]
  /** One sentence a renamed column. */
  notes: string[]
}

/**
 * Empty headers become "column 3" (by position), repeated ones "a (2)", "a (3)". Names that stand in the file
 * once are never changed, so a column called "a (2)" keeps its name and the second "a" becomes "a (3)".
 */
export function nameColumns(headers: readonly string[]): NamedColumns {
  const taken = new Set(headers)
  const seen = new Set<string>()
  // Where the search for a free number goes on: a header repeated 100,000 times must not take forever.
  const next = new Map<string, number>()
  const names: string[] = []
  const originals: (string | null)[] = []
  const notes: string[] = []
  const free = (base: string): string => {
    let number = next.get(base) ?? 2
    while (taken.has(`${base} (${number})`)) number++
    next.set(base, number + 1)
    return `${base} (${number})`
  }
  headers.forEach((header, index) => {
    const position = index + 1
    let name = header
    if (header.trim() === '') {
      name = taken.has(`column ${position}`) ? free(`column ${position}`) : `column ${position}`
      notes.push(`Column ${position} had no name and is called "${name}".`)
    } else if (seen.has(header)) {
      name = free(header)
      notes.push(`Column ${position} repeats the name "${shorten(header)}" and is called "${shorten(name)}".`)
    }
    seen.add(header)
    taken.add(name)
    names.push(name)
    originals.push(name === header ? null : header)
  })
  return { names, originals, notes }
}

/** Names may be a megabyte long; a sentence may not. */
export function shorten(text: string, length = 60): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`
}
