// Files laid over memory without copying them: what several processes map is in memory once. The native kernel's
// addon does it, for the other kernels too; without it there is none of this, and who asks has to read and copy.

import { closeSync, existsSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { MAPPED_PAGE_BYTES } from '../../engine/kernels/program/kernel'
import { kernelFolder } from './folder'
import { loadAddon } from './runner'

/** What tells whether a path still leads to the same file, which is never written again once it is there. */
interface MappedFile {
  path: string
  inode: number
  size: number
}

const filesOfBuffers = new WeakMap<ArrayBufferLike, MappedFile>()

type LayOver = (target: Uint8Array, file: number, offset: number) => boolean

let layOver: LayOver | null | undefined

function findLayOver(): LayOver | null {
  const path = kernelFolder === null ? '' : join(kernelFolder, 'native.node')
  if (!existsSync(path)) return null
  try {
    return loadAddon(path).mapFile ?? null
  } catch {
    // Built for another system.
    return null
  }
}

function withFile(path: string, use: (file: number, state: MappedFile) => boolean): boolean {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return false
  }
  try {
    const { ino, size } = fstatSync(file)
    return use(file, { path, inode: ino, size })
  } finally {
    closeSync(file)
  }
}

export function canMapFiles(): boolean {
  layOver ??= findLayOver()
  return layOver !== null
}

/** Memory that begins at a page and that nothing has written to yet; null where there is none to be had. */
function pagesOfMemory(pages: number): ArrayBuffer | null {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer
  } catch {
    return null
  }
}

/** The whole file, whose size is a multiple of MAPPED_PAGE_BYTES; null where it is not there or can not be mapped. */
export function mapFile(path: string): Uint8Array | null {
  let bytes: Uint8Array | null = null
  withFile(path, (file, state) => {
    const pages = state.size / MAPPED_PAGE_BYTES
    if (!canMapFiles() || pages === 0 || !Number.isInteger(pages)) return false
    const buffer = pagesOfMemory(pages)
    if (buffer === null) return false
    const mapped = new Uint8Array(buffer)
    if (layOver?.(mapped, file, 0) !== true) return false
    filesOfBuffers.set(buffer, state)
    bytes = mapped
    return true
  })
  return bytes
}

/**
 * Lays over `target` the file that `bytes` were mapped from.
 * @param target as long as `bytes`, rounded up to whole MAPPED_PAGE_BYTES
 * @returns false where they were not mapped, or the file is not there any more: then they have to be copied
 */
export function shareMapped(bytes: Uint8Array, target: Uint8Array): boolean {
  const mapped = filesOfBuffers.get(bytes.buffer)
  if (mapped === undefined) return false
  return withFile(mapped.path, (file, { inode, size }) => {
    const isSame = inode === mapped.inode && size === mapped.size
    return isSame && layOver?.(target, file, bytes.byteOffset) === true
  })
}
