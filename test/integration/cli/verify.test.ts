import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Verification } from '../../../engine/verification/verify'
import { seedsDocument } from '../../tools/seeds-document'
import { jsonOf, runCli } from '../support/cli'
import { temporaryFolder } from '../support/temporary-folder'

describe('descent verify', () => {
  it('passes every check of every system, the long ones too', { timeout: 300_000 }, async () => {
    const run = await runCli(['verify', '--json'], { home: temporaryFolder() })
    const report = jsonOf<Verification>(run)
    const { checks, passed, failed, leftOut } = report
    expect(checks.filter(({ pass }) => !pass)).toEqual([])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect({ failed, leftOut, passed }).toEqual({ failed: 0, leftOut: [], passed: checks.length })
    expect([...new Set(checks.map(({ system }) => system))]).toEqual(['S0', 'S1', 'S2', 'S3', 'S4'])
    // Each line proves what it says: its own numbers are within its own tolerance.
    for (const { expected, got, relativeError, tolerance } of checks) {
      const difference = Math.abs(got - expected)
      expect(relativeError).toBe(expected === 0 ? difference : difference / Math.abs(expected))
      expect(relativeError).toBeLessThanOrEqual(tolerance)
    }
    // What docs/SEEDS.md tells is what was just computed, to the last digit; npx tsx test/tools/make-seeds-document.ts.
    const told = readFileSync(join(import.meta.dirname, '../../../docs/SEEDS.md'), 'utf8')
    expect(told).toBe(seedsDocument(report))
    const named = checks.map(({ check }) => check).join('\n')
    for (const epoch of [1, 2, 10, 100, 1000, 10_000]) expect(named).toContain(`XOR, loss of epoch ${epoch}`)
    for (const epoch of [1, 2, 10]) expect(named).toContain(`digits, loss of epoch ${epoch}`)
    for (const epoch of [1, 2, 10, 50, 100, 1000, 12_000])
      expect(named).toContain(`disc, loss of epoch ${epoch}`)
    for (let epoch = 1; epoch <= 10; epoch++) expect(named).toContain(`last loss of epoch ${epoch}`)
  })

  it('verifies the systems that are named, as a table, and says what --quick leaves out', async () => {
    const home = temporaryFolder()
    const table = await runCli(['verify', 's4'], { home })
    expect(table).toMatchObject({ code: 0, stderr: '' })
    expect(table.stdout).toMatch(/^system +check +expected +got +relative error +tolerance +result$/m)
    expect(table.stdout).toMatch(/^S4 +last loss of epoch 1 +0\.1639518888727417 .* pass$/m)
    expect(table.stdout).toMatch(/^All \d+ checks pass\.$/m)
    expect(table.stdout).not.toMatch(/^S3/m)

    const quick = await runCli(['verify', 'S3', '--quick'], { home })
    expect(quick.code).toBe(0)
    expect(quick.stdout).toContain('Left out by --quick: S3 The disc, 12,000 epochs.')
    expect(quick.stdout).not.toContain('disc, loss of epoch 12000')
  })

  it('passes on the WebAssembly kernels and on the reference too, with the same numbers', async () => {
    const home = temporaryFolder()
    const verified = async (kernel: string) =>
      jsonOf<Verification>(
        await runCli(['verify', 'S3', 'S4', '--quick', '--json', '--kernel', kernel], { home }),
      )
    const reference = await verified('reference')
    expect(reference.failed).toBe(0)
    expect(await verified('webassembly')).toEqual(reference)
  })

  it('refuses a system that there is not', async () => {
    const { code, stdout, stderr } = await runCli(['verify', 'S4', 'S5'], { home: temporaryFolder() })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('"S5" is none of the systems.')
    expect(stderr).toContain('S0, S1, S2, S3, S4')
  })
})
