import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { jsonOf, runCli } from '../support/cli'
import { temporaryFolder } from '../support/temporary-folder'

interface Report {
  passed: boolean
  layers: {
    layer: number
    title: string
    part: string
    checked: number
    total: number
    worst: number
    pass: boolean
  }[]
  worst: number
  tolerance: number
}

describe('descent gradcheck', () => {
  it('passes a preset, layer by layer, as a table and as JSON', async () => {
    const home = temporaryFolder()
    const table = await runCli(['gradcheck', '--preset', 'moons'], { home })
    expect(table).toMatchObject({ code: 0, stderr: '' })
    expect(table.stdout).toMatch(/^1 Dense 16, Tanh +weights +32 .* pass$/m)
    expect(table.stdout).toContain('Gradients agree: worst relative error')

    const json = await runCli(['gradcheck', '--preset', 'moons', '--json'], { home })
    const { passed, layers, worst, tolerance } = jsonOf<Report>(json)
    expect({ passed, tolerance }).toEqual({ passed: true, tolerance: 1e-6 })
    expect(layers.map(({ layer, part, checked, total }) => [layer, part, checked, total])).toEqual([
      [1, 'weights', 32, 32],
      [1, 'biases', 16, 16],
      [2, 'weights', 256, 256],
      [2, 'biases', 16, 16],
      [3, 'weights', 16, 16],
      [3, 'biases', 1, 1],
    ])
    expect(Math.max(...layers.map((layer) => layer.worst))).toBe(worst)
    expect(table.stdout).toContain(worst.toExponential(2))
  })

  it('gives the same figures again, and others for another seed or batch', async () => {
    const home = temporaryFolder()
    const worst = async (...options: string[]) => {
      const run = await runCli(['gradcheck', '--preset', 'iris', '--json', ...options], { home })
      expect(run.code).toBe(0)
      return jsonOf<Report>(run).worst
    }
    const first = await worst()
    expect(await worst()).toBe(first)
    expect(await worst('--seed', '9')).not.toBe(first)
    expect(await worst('--batch', '5')).not.toBe(first)
  })

  it('takes a design from a file and from standard input, with settings changed', async () => {
    const home = temporaryFolder()
    const spec = JSON.stringify({
      version: 1,
      name: 'Sine',
      dataset: { id: 'sine', parameters: { samples: 50 } },
      network: {
        layers: [
          { kind: 'dense', units: 5, activation: 'tanh' },
          { kind: 'dense', units: 1 },
        ],
      },
      loss: 'mae',
      optimizer: { kind: 'sgd', learningRate: 0.1 },
      training: { epochs: 1, batchSize: 7, precision: 'float32' },
    })
    const path = join(home, 'spec.json')
    writeFileSync(path, spec)
    expect(await runCli(['gradcheck', path], { home })).toMatchObject({ code: 0 })
    const changes = ['--set', 'network.layers[0].units=3', '--json']
    const run = await runCli(['gradcheck', '-', ...changes], { home, input: spec })
    expect(jsonOf<Report>(run)).toMatchObject({
      passed: true,
      layers: [{ title: 'Dense 3, Tanh' }, {}, {}, {}],
    })
  })

  it('refuses with exit code 2 what can not be checked, and says why', async () => {
    const home = temporaryFolder()
    const refused = async (parameters: string[], message: RegExp) => {
      const run = await runCli(['gradcheck', ...parameters], { home })
      expect(run.code).toBe(2)
      expect(run.stderr).toMatch(message)
    }
    await refused([], /nothing to/i)
    await refused(['--preset', 'moons', '--set', 'network.layers[2].units=3'], /network\.layers|outputs/)
    await refused(['--preset', 'moons', '--batch', '0'], /--batch 0: needs an integer from 1 to 1000/)
    await refused(
      ['--preset', 'moons', '--tolerance', 'small'],
      /--tolerance small: needs a number from 1e-7 to 1/,
    )
    await refused(['missing.json'], /can not be read/)
  })
})
