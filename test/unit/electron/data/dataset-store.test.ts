import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadDataset, openDatasetStore } from '../../../../electron/data'
import { importCsv } from '../../../../electron/data/csv/import-csv'
import { writeError } from '../../../../electron/data/file-errors'
import { datasetSchema } from '../../../../engine/spec/schema'
import { DEFAULT_CSV_OPTIONS } from '../../../../engine/data/table'
import type { CsvOptions, TableInfo } from '../../../../engine/data/table'
import type { DescentError } from '../../../../engine/errors'
import { FIXTURES, temporaryFile, temporaryFolder } from './temporary-folder'

const options = (changes: Partial<CsvOptions> = {}): CsvOptions => ({ ...DEFAULT_CSV_OPTIONS, ...changes })
const fixture = (name: string) => join(FIXTURES, name)

type Choice = { task?: 'classification' | 'regression'; targets: string[]; features?: string[] }
const specOf = (info: TableInfo, { task = 'classification', ...choice }: Choice) =>
  datasetSchema.parse({ id: 'csv', parameters: { hash: info.hash, task, ...choice } })

describe('importing a CSV file', () => {
  it('keeps the bytes under their SHA-256 and how they are read beside them', async () => {
    const folder = join(temporaryFolder(), 'not', 'there', 'yet')
    const store = openDatasetStore(folder)
    const info = await store.import(fixture('windows-1252.csv'), options(), { name: 'Prices' })
    const bytes = readFileSync(fixture('windows-1252.csv'))
    expect(info).toMatchObject({
      hash: createHash('sha256').update(bytes).digest('hex'),
      name: 'Prices',
      fileName: 'windows-1252.csv',
      bytes: bytes.length,
      rows: 2,
      rejectedRows: 0,
      options: {
        delimiter: ';',
        decimal: ',',
        hasHeader: true,
        encoding: 'windows-1252',
        skipBadRows: false,
      },
    })
    expect(readFileSync(store.csvPath(info.hash)).equals(bytes)).toBe(true)
    expect(await store.get(info.hash)).toEqual(info)
    expect(await store.list()).toEqual([info])
    expect(readdirSync(folder).sort()).toEqual([`${info.hash}.csv`, `${info.hash}.json`])
  })

  it('names a table after its file unless it is told a name', async () => {
    expect((await openDatasetStore(temporaryFolder()).import(fixture('plain.csv'), options())).name).toBe(
      'plain',
    )
  })

  it('refuses rows with the wrong number of cells: the first five lines, and how many there are', async () => {
    const folder = temporaryFolder()
    await expect(openDatasetStore(folder).import(fixture('ragged.csv'), options())).rejects.toMatchObject({
      code: 'bad-data',
      message: expect.stringMatching(
        /^ragged\.csv: 7 rows do not have the header's number of cells \(3 do\)\. The first 5: line 3: 2 cells; the header in line 1 has 3\. line 5/,
      ),
      hint: 'Correct these lines, or leave bad rows out of the import.',
      problems: [3, 5, 6, 8, 9].map((line) => expect.objectContaining({ path: `line ${line}` })),
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves such rows out when it is told to, and counts them', async () => {
    const store = openDatasetStore(temporaryFolder())
    const info = await store.import(fixture('ragged.csv'), options({ skipBadRows: true }))
    expect(info).toMatchObject({ rows: 3, rejectedRows: 7 })
    const dataset = await loadDataset(specOf(info, { task: 'regression', targets: ['c'] }), store)
    expect([...dataset.inputs]).toEqual([1, 2, 4, 5, 7, 8])
    expect([...dataset.targets]).toEqual([3, 6, 9])
  })

  it('refuses a file of which no row fits, even when it may leave rows out', async () => {
    const store = openDatasetStore(temporaryFolder())
    await expect(
      store.import(fixture('trailing-delimiter.csv'), options({ skipBadRows: true })),
    ).rejects.toThrow(/2 rows do not have the header's number of cells \(0 do\)/)
  })

  it('answers with the table that is there when the same file is imported the same way again', async () => {
    const store = openDatasetStore(temporaryFolder())
    const first = await store.import(fixture('plain.csv'), options(), { name: 'First' })
    expect(await store.import(fixture('plain.csv'), options(), { name: 'Second' })).toEqual(first)
  })

  it('refuses to read the same file in another way while runs may use it', async () => {
    const store = openDatasetStore(temporaryFolder())
    const { hash } = await store.import(fixture('plain.csv'), options())
    const other = options({ hasHeader: false })
    await expect(store.import(fixture('plain.csv'), other)).rejects.toMatchObject({ code: 'conflict' })
    await store.remove(hash)
    expect((await store.import(fixture('plain.csv'), other)).rows).toBe(4)
  })

  it('reports growing progress up to the size of the file', async () => {
    const path = temporaryFile(`a,b\n${'1.5,2.5\n'.repeat(200_000)}`)
    const seen: number[] = []
    const info = await importCsv(
      path,
      options(),
      { folder: temporaryFolder() },
      {
        onProgress: ({ bytesRead, bytesTotal }) => seen.push(bytesRead / bytesTotal),
      },
    )
    expect(info.rows).toBe(200_000)
    expect(seen.length).toBeGreaterThan(5)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
  })

  it('stops at once when canceled, while copying or parsing, and stores nothing', async () => {
    const path = temporaryFile(`a,b\n${'1.5,2.5\n'.repeat(300_000)}`)
    for (const share of [0.05, 0.5]) {
      const folder = temporaryFolder()
      const abort = new AbortController()
      const importing = openDatasetStore(folder).import(path, options(), {
        signal: abort.signal,
        onProgress: ({ bytesRead, bytesTotal }) => {
          if (bytesRead / bytesTotal >= share) abort.abort()
        },
      })
      await expect(importing).rejects.toMatchObject({ code: 'canceled' })
      expect(readdirSync(folder)).toEqual([])
    }
  })

  it('keeps all 150,000 columns of a header of a megabyte', async () => {
    const names = Array.from({ length: 150_000 }, (_, index) => `c${index}`)
    const path = temporaryFile(`${names.join()}\n${names.map((_, index) => index % 7).join()}\n`)
    const info = await openDatasetStore(temporaryFolder()).import(path, options())
    expect(info.columns.length).toBe(150_000)
    expect(info.columns[149_999]).toMatchObject({ name: 'c149999', type: 'number', minimum: 149_999 % 7 })
  }, 30_000)

  it('keeps a single name of a megabyte and refuses more columns than it can hold', async () => {
    const long = 'n'.repeat(1024 * 1024)
    const store = openDatasetStore(temporaryFolder())
    expect((await store.import(temporaryFile(`${long},b\n1,2\n`), options())).columns[0].name).toBe(long)
    const wide = temporaryFile(`${','.repeat(300_000)}\n`)
    await expect(store.import(wide, options())).rejects.toThrow(/300001 columns; at most 200000/)
  })

  it('says that a folder is read-only or full, and what to do', () => {
    const system = (code: string) => Object.assign(new Error(code), { code })
    expect(writeError(system('EROFS'), '/data')).toMatchObject({
      code: 'read-only',
      hint: expect.stringMatching(/permissions/),
    })
    expect(writeError(system('EACCES'), '/data')).toMatchObject({ code: 'read-only' })
    expect(writeError(system('ENOSPC'), '/data')).toMatchObject({
      code: 'disk-full',
      hint: expect.stringMatching(/Free some space/),
    })
  })

  it('refuses a file in the place of its folder', async () => {
    const importing = openDatasetStore(join(temporaryFile('not a folder'), 'data')).import(
      fixture('plain.csv'),
      options(),
    )
    await expect(importing).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/is not a folder/),
    })
  })

  // Permissions do not bind root, nor Windows.
  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'refuses a folder that can not be written to',
    async () => {
      const folder = temporaryFolder()
      chmodSync(folder, 0o500)
      const importing = openDatasetStore(folder).import(fixture('plain.csv'), options())
      await expect(importing).rejects.toMatchObject({ code: 'read-only' })
      chmodSync(folder, 0o700)
    },
  )
})

describe('the store of imported tables', () => {
  const stored = async () => {
    const folder = temporaryFolder()
    const store = openDatasetStore(folder)
    return { folder, store, info: await store.import(fixture('plain.csv'), options()) }
  }

  it('moves a table aside and back', async () => {
    const { store, info } = await stored()
    await store.remove(info.hash)
    expect(await store.list()).toEqual([])
    await expect(store.get(info.hash)).rejects.toMatchObject({ code: 'not-found' })
    expect(await store.restore(info.hash)).toEqual(info)
    expect(existsSync(store.csvPath(info.hash))).toBe(true)
    await expect(store.restore(info.hash)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('does not restore over the same file that was imported since', async () => {
    const { store, info } = await stored()
    await store.remove(info.hash)
    await store.import(fixture('plain.csv'), options({ hasHeader: false }))
    await expect(store.restore(info.hash)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('purges what was removed and what an abandoned import left, and nothing of a running one', async () => {
    const { folder, store, info } = await stored()
    await store.remove(info.hash)
    const kept = await store.import(fixture('tab.tsv'), options())
    const old = new Date(Date.now() - 2 * 3_600_000)
    for (const name of ['.importing-old.csv', `${'f'.repeat(64)}.csv`]) {
      writeFileSync(join(folder, name), 'x')
      utimesSync(join(folder, name), old, old)
    }
    writeFileSync(join(folder, '.importing-now.csv'), 'x')
    await store.purge()
    expect(readdirSync(folder).sort()).toEqual([
      '.importing-now.csv',
      `${kept.hash}.csv`,
      `${kept.hash}.json`,
    ])
    await expect(store.restore(info.hash)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('purges what is kept of sets that are gone, and of no other', async () => {
    const { folder, store, info } = await stored()
    mkdirSync(join(folder, 'kept'))
    const names = [`${info.hash}-a.bytes`, `${'e'.repeat(64)}-a.bytes`, 'mnist-a.bytes']
    for (const name of names) writeFileSync(join(folder, 'kept', name), 'x')
    await store.purge()
    expect(readdirSync(join(folder, 'kept')).sort()).toEqual([names[0], names[2]].sort())
    await store.remove(info.hash)
    await store.purge()
    expect(readdirSync(join(folder, 'kept'))).toEqual([names[2]])
  })

  it('is empty while its folder is not there', async () => {
    const store = openDatasetStore(join(temporaryFolder(), 'none'))
    expect(await store.list()).toEqual([])
    await store.purge()
  })

  it('lists the others when one description is damaged, and reports that one', async () => {
    const { folder, info } = await stored()
    const damaged: DescentError[] = []
    writeFileSync(join(folder, `${'b'.repeat(64)}.json`), '{"rows": 3')
    expect(await openDatasetStore(folder, (error) => damaged.push(error)).list()).toEqual([info])
    expect(damaged).toMatchObject([{ code: 'bad-data', message: expect.stringMatching(/bbbb\.json/) }])
  })

  it('takes no hash that could lead out of its folder', async () => {
    const { store } = await stored()
    expect(() => store.csvPath('../../etc/passwd')).toThrow(/needs 64 lower-case hexadecimal digits/)
    await expect(store.remove('../x')).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('loading an imported table', () => {
  it('gives numbers for number columns and one input a category', async () => {
    const store = openDatasetStore(temporaryFolder())
    const info = await store.import(fixture('plain.csv'), options())
    const dataset = await loadDataset(specOf(info, { task: 'regression', targets: ['weight'] }), store)
    expect(dataset.shape.inputNames).toEqual(['height', 'species = cat', 'species = dog'])
    expect([...dataset.inputs]).toEqual([1.5, 1, 0, 1.25, 0, 1, 1.75, 1, 0])
    expect([...dataset.targets]).toEqual([70, 65, 80])
    expect(dataset).toMatchObject({ count: 3, testFrom: 3, droppedRows: 0 })
  })

  it('leaves out rows with an empty cell in a column that is used, and counts them', async () => {
    const store = openDatasetStore(temporaryFolder())
    const info = await store.import(fixture('missing.csv'), options())
    const all = await loadDataset(specOf(info, { targets: ['kind'] }), store)
    expect([...all.inputs]).toEqual([5, 6, 7, 8])
    expect([...all.targets]).toEqual([0, 1])
    expect(all.droppedRows).toBe(3)
    const one = await loadDataset(specOf(info, { targets: ['kind'], features: ['a'] }), store)
    expect([...one.inputs]).toEqual([1, 5, 7])
    expect(one.droppedRows).toBe(2)
  })

  it('takes 1, 1.0 and 01 in a target for one class, in the order of the values', async () => {
    const store = openDatasetStore(temporaryFolder())
    const path = temporaryFile('x,digit\n0.5,10\n1.5,2\n2.5,2.0\n3.5,02\n4.5,-0\n')
    const info = await store.import(path, options())
    const dataset = await loadDataset(specOf(info, { targets: ['digit'] }), store)
    expect(dataset.shape.classNames).toEqual(['0', '2', '10'])
    expect([...dataset.targets]).toEqual([2, 1, 1, 1, 0])
  })

  it('reads every encoding and dialect as the import did', async () => {
    const store = openDatasetStore(temporaryFolder())
    for (const name of [
      'utf-8-mark.csv',
      'utf-16le-mark.csv',
      'utf-16be-no-mark.csv',
      'utf-16le-no-mark.csv',
    ]) {
      const info = await store.import(fixture(name), options())
      const target = info.columns[2].name
      const dataset = await loadDataset(specOf(info, { targets: [target] }), store)
      expect([...dataset.inputs]).toEqual([1, 2, 3, 4])
      expect(dataset.shape.inputNames).toEqual(['naïve', 'größe'])
    }
    const separated = await store.import(fixture('separator-line.csv'), options())
    const dataset = await loadDataset(specOf(separated, { task: 'regression', targets: ['b'] }), store)
    expect([...dataset.inputs]).toEqual([1, 3])
  })

  it('keeps columns called like parts of every object', async () => {
    const store = openDatasetStore(temporaryFolder())
    const info = await store.import(fixture('headers-hostile.csv'), options())
    const dataset = await loadDataset(specOf(info, { task: 'regression', targets: ['__proto__'] }), store)
    expect(dataset.shape.inputNames).toEqual(['constructor', 'toString', 'hasOwnProperty', '__proto__ (2)'])
    expect([...dataset.inputs]).toEqual([2, 3, 4, 5, 7, 8, 9, 10])
  })

  it('has another hash when the same file is read in another way', async () => {
    const path = temporaryFile('a;b\n1;2\n3;4\n')
    const hashOf = async (changes: Partial<CsvOptions>) => {
      const store = openDatasetStore(temporaryFolder())
      const info = await store.import(path, options(changes))
      const target = info.columns[1].name
      return (await loadDataset(specOf(info, { targets: [target] }), store)).hash
    }
    expect(await hashOf({})).toBe(await hashOf({}))
    expect(await hashOf({})).not.toBe(await hashOf({ decimal: ',' }))
  })

  it('refuses a stored file that was changed, and one that is gone', async () => {
    const store = openDatasetStore(temporaryFolder())
    const info = await store.import(fixture('plain.csv'), options())
    const spec = specOf(info, { targets: ['species'] })
    const content = readFileSync(store.csvPath(info.hash), 'utf8')
    writeFileSync(store.csvPath(info.hash), content.replace('1.25', '1.26'))
    await expect(loadDataset(spec, store)).rejects.toThrow(/is not the one that was imported/)
    appendFileSync(store.csvPath(info.hash), '1,2,bird\n')
    await expect(loadDataset(spec, store)).rejects.toMatchObject({ code: 'bad-data' })
    rmSync(store.csvPath(info.hash))
    await expect(loadDataset(spec, store)).rejects.toMatchObject({
      code: 'missing-file',
      message: expect.stringContaining(store.csvPath(info.hash)),
    })
  })

  it('does not answer from memory when the file was changed since, or is gone', async () => {
    const store = openDatasetStore(temporaryFolder())
    const info = await store.import(fixture('plain.csv'), options())
    const spec = specOf(info, { targets: ['species'] })
    const path = store.csvPath(info.hash)
    const dataset = await loadDataset(spec, store)
    expect(await loadDataset(spec, store)).toBe(dataset)
    const content = readFileSync(path, 'utf8')
    writeFileSync(path, content.replace('1.25', '1.26'))
    await expect(loadDataset(spec, store)).rejects.toThrow(/is not the one that was imported/)
    rmSync(path)
    await expect(loadDataset(spec, store)).rejects.toMatchObject({ code: 'missing-file' })
    writeFileSync(path, content)
    expect(await loadDataset(spec, store)).toEqual(dataset)
  })

  it('says that a table is not imported', async () => {
    const store = openDatasetStore(temporaryFolder())
    const spec = datasetSchema.parse({
      id: 'csv',
      parameters: { hash: 'c'.repeat(64), task: 'regression', targets: ['y'] },
    })
    await expect(loadDataset(spec, store)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('refuses a table of which every row misses something', async () => {
    const store = openDatasetStore(temporaryFolder())
    const info = await store.import(temporaryFile('a,b\n1,\n,2\n3,\n,4\n'), options())
    const loading = loadDataset(specOf(info, { task: 'regression', targets: ['b'] }), store)
    await expect(loading).rejects.toThrow(/each of its 4 rows has an empty cell/)
  })

  it('reports a folder in the place of the store as what it is', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, `${'d'.repeat(64)}.json`))
    await expect(openDatasetStore(folder).get('d'.repeat(64))).rejects.toMatchObject({ code: 'bad-input' })
  })
})
