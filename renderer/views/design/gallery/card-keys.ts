// Arrow keys among cards in a grid of any number of columns: by where they are on the screen.

/** The card that an arrow key leads to; null where the key or the target has nothing to do with cards. */
export function neighbourCard(
  cards: readonly HTMLElement[],
  target: EventTarget | null,
  key: string,
): HTMLElement | null {
  const from = cards.findIndex((card) => card === target)
  if (from === -1) return null
  if (key === 'ArrowRight') return cards[from + 1] ?? null
  if (key === 'ArrowLeft') return cards[from - 1] ?? null
  if (key === 'Home') return cards[0]
  if (key === 'End') return cards.at(-1) ?? null
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null
  const own = cards[from].getBoundingClientRect()
  const isBeyond = (box: DOMRect): boolean =>
    key === 'ArrowDown' ? box.top > own.top + 1 : box.top < own.top - 1
  let best: HTMLElement | null = null
  let bestDistance = Infinity
  for (const card of cards) {
    const box = card.getBoundingClientRect()
    if (!isBeyond(box)) continue
    // Rows count far more than columns, so that the nearest row is always taken.
    const distance = Math.abs(box.top - own.top) * 100 + Math.abs(box.left - own.left)
    if (distance < bestDistance) {
      best = card
      bestDistance = distance
    }
  }
  return best
}
