import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { CallError } from '../../../electron/contract'
import { writeBarSet } from '../../fixtures/idx-files'
import { cliScript, jsonOf, runCli, type CliRun } from '../support/cli'
import { openTemporaryLog } from '../support/open-log'
import { SHORT_SPEC } from '../support/specs'
import { temporaryFolder } from '../support/temporary-folder'

/** One block on stderr that says what is wrong, without a stack. */
function expectRefusal(run: CliRun, message: RegExp): void {
  expect(run.code).toBe(2)
  expect(run.stderr).toMatch(/^error: \S/m)
  expect(run.stderr).toMatch(message)
  expect(run.stderr).not.toMatch(/^\s+at .*:\d+:\d+/m)
}

const errorOf = (run: CliRun): CallError => jsonOf<{ error: CallError }>(run).error

describe('usage that is wrong', () => {
  it.each([
    [[], /No command was given/],
    [['trian'], /unknown command 'trian'.*train/],
    [['train', '--epochs', '3'], /unknown option '--epochs'/],
    [['train'], /There is nothing to train/],
    [['train', 'a.json', '--preset', 'xor'], /Both a preset and a file/],
    [['train', 'a.json', 'b.json'], /too many arguments/],
    [['train', '--preset', 'mnist-mpl'], /no preset "mnist-mpl"[\s\S]*mnist-mlp/],
    [['train', '--preset', 'xor', '--set', 'training.epochs'], /"training.epochs" is no setting/],
    [['train', '--preset', 'xor', '--set', 'training.epoch=3'], /epoch[\s\S]*Did you mean "training.epochs"/],
    [['train', '--preset', 'xor', '--set', 'training.epochs=0'], /training\.epochs/],
    [['train', '--preset', 'xor', '--seed', 'seven'], /training\.seed[\s\S]*"seven"/],
    [['train', '--preset', 'xor', '--name', ''], /name/],
    [['train', '--preset', 'xor', '--kernel', 'gpu'], /gpu[\s\S]*automatic, native, webassembly, reference/],
    [['train', '--preset', 'xor', '--threads', '0'], /--threads: "0"; needs a whole number from 1/],
    [['train', '--preset', 'xor', '--threads', 'all'], /--threads: "all"/],
    [['export'], /--format/],
    [['export', '--format', 'xlsx'], /xlsx[\s\S]*long/],
    [['runs', '--db', 'missing.db'], /There is no database at .*missing\.db/],
    [['export', '--format', 'long', '--db', 'missing.db'], /There is no database at .*missing\.db/],
    [['import', 'missing.csv'], /missing\.csv/],
  ] as const)('%j is refused with what is wrong', async (parameters, message) => {
    const home = temporaryFolder()
    expectRefusal(await runCli(parameters, { home }), message)
    expect(existsSync(join(home, 'descent.db'))).toBe(false)
  })

  it('is told as JSON as well, on stdout, where that is asked for', async () => {
    const run = await runCli(['train', '--preset', 'xorr', '--json'], { home: temporaryFolder() })
    expectRefusal(run, /no preset "xorr"/)
    expect(errorOf(run)).toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('"xor"') as string,
      problems: [],
    })
    expect(errorOf(await runCli(['train', '--nope', '--json'], { home: temporaryFolder() })).code).toBe(
      'bad-input',
    )
  })
})

describe('a spec that is wrong', () => {
  it.each([
    ['no JSON', '{"version": 1,', /not JSON/],
    ['a list', '[]', /error:/],
    ['an unknown key', JSON.stringify({ ...SHORT_SPEC, optimiser: {} }), /optimiser/],
    [
      'several problems',
      JSON.stringify({ ...SHORT_SPEC, loss: 'mean', training: { epochs: -1, batchSize: 32 } }),
      /- loss[\s\S]*- training\.epochs/,
    ],
    ['too deep', '['.repeat(100) + ']'.repeat(100), /levels? deep|nested/],
    ['too long', `{"name": "${'x'.repeat(1_100_000)}"}`, /characters/],
    [
      'a network that does not fit the data',
      JSON.stringify({ ...SHORT_SPEC, network: { layers: [{ kind: 'dense', units: 7 }] } }),
      /7/,
    ],
    [
      'a table that was not imported',
      JSON.stringify({
        ...SHORT_SPEC,
        dataset: { id: 'csv', parameters: { hash: 'a'.repeat(64), task: 'regression', targets: ['y'] } },
      }),
      /imported data set aaaaaaaaaaaa[\s\S]*Import/,
    ],
  ])('(%s) is refused before there is a run', async (_kind, input, message) => {
    const home = temporaryFolder()
    const run = await runCli(['train', '-', '--json'], { home, input })
    expectRefusal(run, message)
    expect(errorOf(run).message.length).toBeGreaterThan(5)
    const path = join(home, 'descent.db')
    if (existsSync(path)) expect(openTemporaryLog(path).listRuns()).toEqual([])
  })

  it('is refused when its file is missing, a folder or huge', async () => {
    const home = temporaryFolder()
    expectRefusal(await runCli(['train', 'missing.json'], { home }), /missing\.json/)
    expectRefusal(await runCli(['train', home], { home }), /can not be read/)
    writeFileSync(join(home, 'huge.json'), ' '.repeat(4_000_001))
    expectRefusal(await runCli(['train', 'huge.json'], { home }), /huge\.json has 4000001 bytes/)
  })

  it('names a table whose file has gone', async () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'table.csv'), `x,y\n${'1,2\n3,4\n'.repeat(10)}`)
    const { hash } = jsonOf<{ hash: string }>(await runCli(['import', 'table.csv', '--json'], { home }))
    execFileSync('rm', [join(home, 'datasets', `${hash}.csv`)])
    const dataset = { id: 'csv', parameters: { hash, task: 'regression', targets: ['y'] } }
    const input = JSON.stringify({
      ...SHORT_SPEC,
      dataset,
      loss: 'mse',
      network: { layers: [{ kind: 'dense', units: 1 }] },
    })
    expectRefusal(await runCli(['train', '-'], { home, input }), new RegExp(hash))
  })

  it('is refused when a table is ragged, with the line', async () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'ragged.csv'), 'x,y\n1,2\n3\n4,5\n')
    expectRefusal(await runCli(['import', 'ragged.csv'], { home }), /line 3/i)
    expect((await runCli(['import', 'ragged.csv', '--skip-bad-rows'], { home })).code).toBe(0)
  })
})

describe('an import that can not be', () => {
  it('names the files that do not belong together, and changes nothing', async () => {
    const home = temporaryFolder()
    const { trainingImages, trainingLabels, testLabels } = writeBarSet(home, 9, 3)
    writeFileSync(join(home, 'table.csv'), 'x,y\n1,2\n3,4\n')
    writeFileSync(join(home, 'short.gz'), readFileSync(trainingImages).subarray(0, 120))
    for (const [files, message] of [
      [[trainingImages], /1 file: train-images.* \(9 images of 6 x 9\); needs images and as many/],
      [[trainingImages, testLabels], /3 labels for the 9 images/],
      [['short.gz', trainingLabels], /short\.gz: its gzip data end too early/],
      [[trainingImages, 'table.csv'], /table\.csv: not in IDX format/],
      [['table.csv', 'table.csv'], /2 files, none of them in IDX format; needs one CSV file/],
      [[trainingImages, 'none'], /There is no file none/],
      [[trainingImages, trainingLabels, '--decimal', ','], /--decimal: for CSV files/],
    ] as const) {
      expectRefusal(await runCli(['import', ...files], { home }), message)
    }
    const stored = join(home, 'datasets')
    expect(existsSync(stored) ? readdirSync(stored) : []).toEqual([])
  })
})

describe('an export that can not be', () => {
  it('names the nearest run, and what is in the way of the file', async () => {
    const home = temporaryFolder()
    const { run: id } = jsonOf<{ run: string }>(
      await runCli(['train', '-', '--json'], { home, input: JSON.stringify(SHORT_SPEC) }),
    )
    const wrong = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`
    const unknown = await runCli(['export', '--format', 'long', '--run', wrong], { home })
    expectRefusal(unknown, new RegExp(`no run "${wrong}"[\\s\\S]*Did you mean "${id}"`))
    expect(unknown.stdout).toBe('')
    const noFolder = await runCli(['export', '--format', 'long', '--out', 'none/a.csv'], { home })
    expectRefusal(noFolder, /there is no folder .*none/)
    expectRefusal(await runCli(['export', '--format', 'long', '--out', home], { home }), /it is a folder/)
    const full = await runCli(['export', '--format', 'long', '--out', '/dev/full'], { home })
    expect(full).toMatchObject({ code: 1, stderr: expect.stringContaining('disk is full') as string })
  })
})

describe('a database that can not be used', () => {
  const COMMANDS = [['runs'], ['export', '--format', 'long'], ['train', '--preset', 'xor']]

  it.each(COMMANDS)('because it is newer is refused unchanged by %s', async (...parameters) => {
    const home = temporaryFolder()
    const path = openTemporaryLog(join(home, 'descent.db')).path
    const database = new BetterSqlite(path)
    database.pragma('user_version = 42')
    database.close()
    const before = readFileSync(path)
    const run = await runCli([...parameters], { home })
    expectRefusal(run, /schema version 42[\s\S]*hint: .*newer version/)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it.each(COMMANDS)('because it is none is refused unchanged by %s', async (...parameters) => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'notes.db'), 'These are notes.\n'.repeat(100))
    const run = await runCli([...parameters, '--db', 'notes.db'], { home })
    expectRefusal(run, /damaged: it is not an SQLite database[\s\S]*hint: .*notes\.db/)
    expect(readFileSync(join(home, 'notes.db'), 'utf8')).toBe('These are notes.\n'.repeat(100))
    expect(readdirSync(home)).toEqual(['notes.db'])
  })

  it('because a file stands where its folder should be is refused by name', async () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'file'), '')
    expectRefusal(
      await runCli(['train', '--preset', 'xor', '--db', 'file/log.db'], { home }),
      /file for the database can not be created/,
    )
    expectRefusal(await runCli(['runs', '--db', '.'], { home }), /is not a file/)
  })

  it('because its folder may not be written is read, and refused for training, also for an ordinary user', async (context) => {
    const isRoot = process.getuid?.() === 0
    const home = temporaryFolder()
    const folder = join(home, 'locked')
    mkdirSync(folder)
    const input = JSON.stringify(SHORT_SPEC)
    const trained = await runCli(['train', '-', '--json'], { home: folder, input })
    const { run: id } = jsonOf<{ run: string }>(trained)
    chmodSync(join(folder, 'descent.db'), 0o444)
    chmodSync(folder, 0o555)
    chmodSync(home, 0o755)
    onTestFinished(() => chmodSync(folder, 0o755))
    // Permissions do not bind root: as root the command runs as nobody, who must be able to read the project.
    const user = isRoot ? 65534 : undefined
    const script = await cliScript()
    if (isRoot && !canRead(script, 65534)) context.skip('nobody can not read the project folder')
    const options = { home: folder, cwd: tmpdir(), user, isPlainNode: isRoot }

    const listed = await runCli(['runs', '--json'], options)
    expect(listed).toMatchObject({ code: 0, stderr: '' })
    expect(jsonOf<{ id: string }[]>(listed).map((run) => run.id)).toEqual([id])
    expect((await runCli(['export', '--format', 'wide'], options)).stdout.split('\r\n').length).toBe(75 + 2)
    expectRefusal(
      await runCli(['train', '--preset', 'xor'], options),
      /can not be written: .*locked is not writable[\s\S]*--db/,
    )
    const elsewhere = ['train', '--preset', 'xor', '--db', join(folder, 'new', 'log.db')]
    expectRefusal(await runCli(elsewhere, options), /new .*can not be created/)
    expect(readdirSync(folder)).toEqual(['descent.db'])
  })
})

function canRead(path: string, user: number): boolean {
  try {
    execFileSync(process.execPath, ['--eval', `require('node:fs').readFileSync(${JSON.stringify(path)})`], {
      uid: user,
      gid: user,
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}
