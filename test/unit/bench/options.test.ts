import { describe, expect, it } from 'vitest'
import { OptionProblem, partNames, peerNames, readOptions } from '../../bench/lib/options.mjs'

describe('options of the benchmark', () => {
  it('measures everything against everybody unless told otherwise', () => {
    expect(readOptions([])).toEqual({
      json: false,
      quick: false,
      help: false,
      peers: [...peerNames],
      only: [...partNames],
    })
  })

  it('takes lists in any order, and no peer at all', () => {
    const options = readOptions(['--json', '--quick', '--peers', 'torch,numpy', '--only=sweep,A'])
    expect(options).toMatchObject({
      json: true,
      quick: true,
      peers: ['numpy', 'torch'],
      only: ['A', 'sweep'],
    })
    expect(readOptions(['--peers', 'none']).peers).toEqual([])
  })

  it.each([
    [['--only', 'A,F'], '--only: "F" is not known; expected one or more of A,B,C,D,E,gemm,sweep.'],
    [['--peers', 'jax'], '"jax" is not known'],
    [['--only', ''], 'nothing is named'],
    [['--fast'], "'--fast'"],
    [['A'], "'A'"],
  ])('refuses %j and says what is expected', (parameters, message) => {
    expect(() => readOptions(parameters)).toThrow(OptionProblem)
    expect(() => readOptions(parameters)).toThrow(message)
  })
})
