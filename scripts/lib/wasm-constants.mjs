// Vector constants of loops, loaded into locals before the loop. V8 builds a constant of 128 bits anew wherever it is
// used, from three instructions, and an elementary function has some thirty of them.

/** Where the constants stand in memory: within the first page, behind the data of the compiler. */
const TABLE = 49152

const FUNCTION = /^ \(func \$/
const CONSTANT = /^\s*v128\.const i32x4 (0x[0-9a-f]{8} 0x[0-9a-f]{8} 0x[0-9a-f]{8} 0x[0-9a-f]{8})$/
const OPENING = /^\s*(?:block|loop|if)\b/
const LOOP = /^\s*loop\b/
const CLOSING = /^\s*end$/
/** Loops that do more than calculate: what they call would need the constants only now and then. */
const BRANCHING = /^\s*(?:call|br_table)\b/
/** Made by one instruction. */
const ZERO = '0x00000000 0x00000000 0x00000000 0x00000000'

/**
 * @param {readonly string[]} lines Of one function, its instructions one a line.
 * @returns {{ first: number, last: number }[]} The outermost loops that only calculate.
 */
function loopsOf(lines) {
  /** @type {{ first: number, isLoop: boolean, branches: boolean }[]} */
  const open = []
  /** @type {{ first: number, last: number }[]} */
  const loops = []
  lines.forEach((line, index) => {
    if (OPENING.test(line)) open.push({ first: index, isLoop: LOOP.test(line), branches: false })
    else if (BRANCHING.test(line)) for (const each of open) each.branches = true
    else if (CLOSING.test(line)) {
      const block = open.pop()
      if (block?.isLoop && !block.branches) loops.push({ first: block.first, last: index })
    }
  })
  return loops.filter(({ first, last }) => !loops.some((other) => other.first < first && other.last > last))
}

/**
 * @param {string[]} lines Of one function.
 * @param {(constant: string) => number} addressOf
 * @returns {string[]}
 */
function withLocals(lines, addressOf) {
  const loops = loopsOf(lines)
  /** @type {Map<string, string>} */
  const locals = new Map()
  const changed = [...lines]
  for (const { first, last } of loops) {
    /** @type {Set<string>} */
    const used = new Set()
    for (let index = first; index <= last; index += 1) {
      const constant = CONSTANT.exec(lines[index])?.[1]
      if (constant === undefined || constant === ZERO) continue
      if (!locals.has(constant)) locals.set(constant, `$constant${locals.size}`)
      used.add(constant)
      changed[index] = `local.get ${locals.get(constant)}`
    }
    const loads = [...used].map(
      (constant) => `i32.const 0\nv128.load offset=${addressOf(constant)}\nlocal.set ${locals.get(constant)}`,
    )
    changed[first] = [...loads, lines[first]].join('\n')
  }
  const declarations = [...locals.values()].map((local) => `(local ${local} v128)`)
  changed[0] = [lines[0], ...declarations].join('\n')
  return changed
}

/** @param {string} constant @returns {string} Its bytes as a string of the text format. */
const bytesOf = (constant) =>
  constant
    .split(' ')
    .map((word) =>
      (word.slice(2).match(/../g) ?? [])
        .reverse()
        .map((byte) => `\\${byte}`)
        .join(''),
    )
    .join('')

/**
 * @param {string} text A module in the text format, as the AssemblyScript compiler writes it.
 * @returns {string}
 */
export function hoistConstants(text) {
  /** @type {Map<string, number>} */
  const table = new Map()
  const addressOf = (/** @type {string} */ constant) => {
    const address = table.get(constant) ?? TABLE + 16 * table.size
    table.set(constant, address)
    return address
  }
  const lines = text.trimEnd().split('\n')
  /** @type {string[]} */
  const result = []
  for (let index = 0; index < lines.length; index += 1) {
    if (!FUNCTION.test(lines[index])) {
      result.push(lines[index])
      continue
    }
    const end = lines.indexOf(' )', index)
    result.push(...withLocals(lines.slice(index, end), addressOf), lines[end])
    index = end
  }
  const data = [...table.keys()].map(bytesOf).join('')
  return [...result.slice(0, -1), `(data (i32.const ${TABLE}) "${data}")`, ')', ''].join('\n')
}
