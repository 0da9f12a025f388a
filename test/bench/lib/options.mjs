// What the benchmark is asked to do.
import { parseArgs } from 'node:util'

export const peerNames = /** @type {const} */ (['numpy', 'torch', 'tfjs', 'brain', 'convnet', 'synaptic'])
export const partNames = /** @type {const} */ (['A', 'B', 'C', 'D', 'E', 'gemm', 'sweep'])

export const usage = `npm run -s bench -- [--json] [--quick] [--peers LIST] [--only LIST]

  --json        one JSON object on standard output, progress on standard error
  --quick       few rounds: figures to see that everything runs, not to compare by
  --peers LIST  some of ${peerNames.join(',')}, or none (default: all)
  --only LIST   some of ${partNames.join(',')} (default: all)

Libraries for Node that are compared with are installed by: npm install --prefix test/bench/peers`

export class OptionProblem extends Error {}

/** @typedef {{ json: boolean, quick: boolean, help: boolean, peers: string[], only: string[] }} Options */

/**
 * @param {readonly string[]} parameters
 * @returns {Options}
 * @throws {OptionProblem} naming what was found and what is expected
 */
export function readOptions(parameters) {
  const { json, quick, help, peers, only } = parse(parameters)
  return {
    json,
    quick,
    help,
    peers: peers === 'none' ? [] : chosen('--peers', peers, peerNames),
    only: chosen('--only', only, partNames),
  }
}

/** @param {readonly string[]} parameters */
function parse(parameters) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        peers: { type: 'string', default: peerNames.join(',') },
        only: { type: 'string', default: partNames.join(',') },
      },
    }).values
  } catch (error) {
    throw new OptionProblem(error instanceof Error ? error.message : String(error))
  }
}

/**
 * @param {string} option
 * @param {string} list
 * @param {readonly string[]} names
 * @returns {string[]} In the order of `names`.
 */
function chosen(option, list, names) {
  const asked = list.split(',').filter((name) => name !== '')
  const unknown = asked.filter((name) => !names.includes(name))
  if (asked.length === 0 || unknown.length > 0) {
    const found = unknown.length > 0 ? `"${unknown.join(',')}" is not known` : 'nothing is named'
    throw new OptionProblem(`${option}: ${found}; expected one or more of ${names.join(',')}.`)
  }
  return names.filter((name) => asked.includes(name))
}
