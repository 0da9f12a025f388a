// Moves labels apart that would overlap, as little as possible and without changing their order.

/**
 * Positions at least `gap` apart within [minimum, maximum], in the order of the input. Neighbours that collide
 * form a block around their mean. Where there is no room for all, the last ones leave the range.
 */
export function dodge(positions: readonly number[], gap: number, minimum: number, maximum: number): number[] {
  const order = positions.map((_, index) => index).sort((a, b) => positions[a] - positions[b])
  interface Block {
    members: number[]
    /** Sum of the places the first member would have, were each member where it wants to be. */
    sum: number
  }
  const highestStart = (count: number) => Math.max(minimum, maximum - (count - 1) * gap)
  const startOf = ({ sum, members }: Block) =>
    Math.min(highestStart(members.length), Math.max(minimum, sum / members.length))

  const blocks: Block[] = []
  for (const index of order) {
    let block: Block = { members: [index], sum: positions[index] }
    for (let before = blocks.at(-1); before; before = blocks.at(-1)) {
      if (startOf(before) + before.members.length * gap <= startOf(block)) break
      blocks.pop()
      const offset = before.members.length * gap
      block = {
        members: [...before.members, ...block.members],
        sum: before.sum + block.sum - block.members.length * offset,
      }
    }
    blocks.push(block)
  }

  const placed = new Array<number>(positions.length)
  for (const block of blocks) {
    const start = startOf(block)
    block.members.forEach((index, place) => (placed[index] = start + place * gap))
  }
  return placed
}
