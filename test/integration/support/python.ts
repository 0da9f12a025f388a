// Python with NumPy and pandas, where there is one, to read what we wrote with somebody else's code.

import { execFileSync } from 'node:child_process'

/** A Python of one's own often stands before the system's, which has the packages. */
const PYTHONS = ['python3', '/usr/bin/python3', 'python']

/** Name of a Python that has these modules; undefined where there is none. */
export function pythonWith(modules: string): string | undefined {
  return PYTHONS.find((python) => {
    try {
      execFileSync(python, ['-c', `import ${modules}`], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}

/** Text of Python's float.hex, 'nan', 'inf' or '-inf', as a number. */
export function fromHex(text: string): number {
  if (text === 'nan') return NaN
  if (text.endsWith('inf')) return text.startsWith('-') ? -Infinity : Infinity
  const match = /^(-?)0x([01])\.([0-9a-f]+)p([+-]\d+)$/.exec(text)
  if (!match) throw new Error(`"${text}" is not a number as float.hex writes it.`)
  const [, sign, whole, digits, exponent] = match
  const mantissa = Number(whole) + Number(`0x${digits}`) / 16 ** digits.length
  return (sign === '-' ? -1 : 1) * mantissa * 2 ** Number(exponent)
}
