// Names as short as they can be told apart: words that all of them begin with are left out.

export interface NamedRun {
  id: string
  number: number
  name: string
}

/** id -> name for labels. Runs of one name get their number. */
export function shortNames(runs: readonly NamedRun[]): Map<string, string> {
  const words = runs.map((run) => run.name.split(' '))
  let shared = 0
  if (runs.length > 1) {
    const shortest = Math.min(...words.map((each) => each.length))
    while (shared < shortest - 1 && words.every((each) => each[shared] === words[0][shared])) shared++
    // A number alone says nothing: "lr 0.01" and not "0.01".
    while (shared > 0 && words.some((each) => /^[\d.\u2212-]/.test(each[shared]))) shared--
  }
  const names = words.map((each) => each.slice(shared).join(' '))
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(
    runs.map(({ id, number }, index) => [
      id,
      counts.get(names[index])! > 1 ? `${names[index]} #${number}` : names[index],
    ]),
  )
}
