// Names as short as they can be told apart: words that all of them begin with are left out.

const NUMBER = /^[\d.−-]/

/**
 * How many words at the beginning all names share, as many as can be left out: something stays of each name, and
 * none begins with a bare number, which says nothing: "lr 0.01" and not "0.01".
 */
function sharedWords(names: readonly (readonly string[])[]): number {
  if (names.length < 2) return 0
  const shortest = Math.min(...names.map((words) => words.length))
  let shared = 0
  while (shared < shortest - 1 && names.every((words) => words[shared] === names[0][shared])) shared++
  while (shared > 0 && names.some((words) => NUMBER.test(words[shared]))) shared--
  return shared
}

/** In the order given. */
export function withoutSharedWords(names: readonly string[]): string[] {
  const words = names.map((name) => name.split(' '))
  const shared = sharedWords(words)
  return words.map((each) => each.slice(shared).join(' '))
}

/**
 * Key of a group -> its name at a line's end. Equal ones get their number.
 * @param groups all of the comparison, hidden ones too, so that hiding one renames no other
 */
export function shortNames(
  groups: readonly { key: string; number: number; label: string }[],
): Map<string, string> {
  const names = withoutSharedWords(groups.map(({ label }) => label))
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(
    groups.map(({ key, number }, index) => [
      key,
      counts.get(names[index])! > 1 ? `${names[index]} #${number}` : names[index],
    ]),
  )
}
