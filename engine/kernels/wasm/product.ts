// Y = X W of rows of examples with weights in panels: blocks of rows and of k, so that what is read again and again
// stays in the first-level cache.

import { ZEROS } from './lanes'
import { work } from './state'
import { tile1F32, tile1F64, tile5F32, tileRows } from './tiles'

/** Columns of a tile: two vectors. */
const TILE_BYTES: usize = 32
/** Rows of a packed tile. */
const GROUP: i32 = 5
/** Rows that meet a panel of weights while it is in the first-level cache, so that few passes over all weights do. */
const ROW_BLOCK: i32 = 12 * GROUP
/** In float64, where they are not packed. */
const UNPACKED_BLOCK: i32 = 20
/** Numbers of a row packed at once: as many rows of a panel, and a group, fit the first-level cache. */
const K_BLOCK: i32 = 256
const PACKED_STEP: usize = <usize>GROUP * 4
/** From so many panels on packing pays. */
const FEW_PANELS: i32 = 3

/** Groups of five that so many rows are: what is left over is better four or eight rows than one, two or three. */
export function groupsOf(rows: i32): i32 {
  const inFours = 4 * ((GROUP - (rows % GROUP)) % GROUP)
  return rows >= inFours ? (rows - inFours) / GROUP : rows / GROUP
}

/** Rows of the next block where so many are left: whole groups, or all. */
export function blockOf<T>(rows: i32): i32 {
  if (sizeof<T>() === 8) return min<i32>(rows, UNPACKED_BLOCK)
  return groupsOf(rows) * GROUP > ROW_BLOCK ? ROW_BLOCK : rows
}

/** Five rows of float32 side by side: A(0..4, k) at to + k PACKED_STEP. */
export function packRows(to: usize, x: usize, xRow: usize, k: i32): void {
  const x1 = x + xRow
  const x2 = x1 + xRow
  const x3 = x2 + xRow
  const x4 = x3 + xRow
  const end = (<usize>k) << 2
  const whole = end & ~15
  let at: usize = 0
  for (; at < whole; at += 16) {
    const r0 = v128.load(x + at)
    const r1 = v128.load(x1 + at)
    const r2 = v128.load(x2 + at)
    const r3 = v128.load(x3 + at)
    const r4 = v128.load(x4 + at)
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5)
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7)
    v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2))
    v128.store32_lane(to, r4, 0, 16)
    v128.store(to, v128.shuffle<f64>(low01, low23, 1, 3), 20)
    v128.store32_lane(to, r4, 1, 36)
    v128.store(to, v128.shuffle<f64>(high01, high23, 0, 2), 40)
    v128.store32_lane(to, r4, 2, 56)
    v128.store(to, v128.shuffle<f64>(high01, high23, 1, 3), 60)
    v128.store32_lane(to, r4, 3, 76)
    to += 4 * PACKED_STEP
  }
  for (; at < end; at += 4) {
    store<f32>(to, load<f32>(x + at))
    store<f32>(to, load<f32>(x1 + at), 4)
    store<f32>(to, load<f32>(x2 + at), 8)
    store<f32>(to, load<f32>(x3 + at), 12)
    store<f32>(to, load<f32>(x4 + at), 16)
    to += PACKED_STEP
  }
}

/** @inline One row: two tiles at a time, so that there are chains enough. */
function productOfRow<T>(
  y: usize,
  x: usize,
  w: usize,
  panelBytes: usize,
  bStep: usize,
  bias: usize,
  k: i32,
  columns: i32,
): void {
  const end = <usize>columns * sizeof<T>()
  let at: usize = 0
  while (at < end) {
    const start = bias === 0 ? ZEROS : bias + at
    // The next tile stands in the same panel, or in the next one, or there is none.
    const next = at + TILE_BYTES
    const b = w + (at / bStep) * panelBytes + (at & (bStep - 1))
    const bNext = next < end ? w + (next / bStep) * panelBytes + (next & (bStep - 1)) : b
    const there = next < end ? next : at
    const startNext = bias === 0 ? ZEROS : bias + there
    if (sizeof<T>() === 4) tile1F32(y + at, y + there, start, startNext, x, sizeof<T>(), b, bNext, bStep, k)
    else tile1F64(y + at, y + there, start, startNext, x, sizeof<T>(), b, bNext, bStep, k)
    at += 2 * TILE_BYTES
  }
}

/**
 * y = bias + x w for a block of rows (blockOf); `columns` as many as are wanted, written up to whole tiles.
 * w in panels of panelWidth columns, panelStride elements apart. bias 0: chains start from 0. Strides in bytes.
 */
export function productOfRows<T>(
  y: usize,
  yRow: usize,
  x: usize,
  xRow: usize,
  w: usize,
  panelStride: i32,
  panelWidth: i32,
  bias: usize,
  rows: i32,
  k: i32,
  columns: i32,
): void {
  const panelBytes = <usize>panelStride * sizeof<T>()
  const bStep = <usize>panelWidth * sizeof<T>()
  const end = <usize>columns * sizeof<T>()
  if (rows === 1) {
    productOfRow<T>(y, x, w, panelBytes, bStep, bias, k, columns)
    return
  }
  if (sizeof<T>() === 4 && columns >= FEW_PANELS * panelWidth) {
    const groups = groupsOf(rows)
    if (groups > 0) {
      packedProduct(y, yRow, x, xRow, w, panelBytes, bStep, bias, groups, rows - groups * GROUP, k, end)
      return
    }
  }
  for (let at: usize = 0; at < end; at += TILE_BYTES) {
    const start = bias === 0 ? ZEROS : bias + at
    const b = w + (at / bStep) * panelBytes + (at & (bStep - 1))
    tileRows<T>(rows, y + at, yRow, start, 0, x, xRow, sizeof<T>(), b, bStep, k)
  }
}

/** The same in float32, for many columns: groups of five rows, and what rows are left. */
function packedProduct(
  y: usize,
  yRow: usize,
  x: usize,
  xRow: usize,
  w: usize,
  panelBytes: usize,
  bStep: usize,
  bias: usize,
  groups: i32,
  left: i32,
  k: i32,
  end: usize,
): void {
  const grouped = <usize>(groups * GROUP)
  const blocks = (k + K_BLOCK - 1) / K_BLOCK
  const block = (k + blocks - 1) / blocks
  for (let first = 0; first < k; first += block) {
    const length = min<i32>(block, k - first)
    const packedBytes = <usize>length * PACKED_STEP
    const from = x + ((<usize>first) << 2)
    for (let group = 0; group < groups; group++) {
      packRows(work + <usize>group * packedBytes, from + <usize>(group * GROUP) * xRow, xRow, length)
    }
    const isFirst = first === 0
    let b = w + <usize>first * bStep
    for (let at: usize = 0; at < end; at += TILE_BYTES) {
      const to = y + at
      const start = isFirst ? (bias === 0 ? ZEROS : bias + at) : to
      const startRow: usize = isFirst ? 0 : yRow
      tile5F32(groups, to, yRow, start, startRow, work, PACKED_STEP, packedBytes, b, bStep, length)
      const c = to + grouped * yRow
      const a = from + grouped * xRow
      tileRows<f32>(left, c, yRow, start + grouped * startRow, startRow, a, xRow, 4, b, bStep, length)
      b += panelBytes
    }
  }
}
