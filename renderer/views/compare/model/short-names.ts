// Names of the compared as short as they can be told apart.

import { withoutSharedWords } from '../../../../engine/comparison/shared-words'

export interface NamedRun {
  id: string
  number: number
  name: string
}

/** id -> name for labels. Runs of one name get their number. */
export function shortNames(runs: readonly NamedRun[]): Map<string, string> {
  const names = withoutSharedWords(runs.map((run) => run.name))
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(
    runs.map(({ id, number }, index) => [
      id,
      counts.get(names[index])! > 1 ? `${names[index]} #${number}` : names[index],
    ]),
  )
}
