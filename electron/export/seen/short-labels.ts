// Labels as short as they can be told apart: words that all of them begin with are left out.

export function shortLabels(labels: readonly string[]): string[] {
  if (labels.length < 2) return [...labels]
  const words = labels.map((label) => label.split(' '))
  const shortest = Math.min(...words.map((each) => each.length))
  let shared = 0
  while (shared < shortest - 1 && words.every((each) => each[shared] === words[0][shared])) shared++
  return words.map((each) => each.slice(shared).join(' '))
}
