// Grid layers: engine/kernels/grid.ts.

import {
  ACTIVATION_IDENTITY,
  GRID_BACKWARD_INPUT_ACTIVATION,
  GRID_BACKWARD_INPUT_DX,
  GRID_BACKWARD_INPUT_G,
  GRID_BACKWARD_INPUT_LDDX,
  GRID_BACKWARD_INPUT_LDG,
  GRID_BACKWARD_INPUT_LDR,
  GRID_BACKWARD_INPUT_LDY,
  GRID_BACKWARD_INPUT_LDZ,
  GRID_BACKWARD_INPUT_PARAMETER,
  GRID_BACKWARD_INPUT_RETURNED,
  GRID_BACKWARD_INPUT_W,
  GRID_BACKWARD_INPUT_Y,
  GRID_BACKWARD_INPUT_Z,
  GRID_BACKWARD_WEIGHTS_DB,
  GRID_BACKWARD_WEIGHTS_DW,
  GRID_BACKWARD_WEIGHTS_G,
  GRID_BACKWARD_WEIGHTS_LDG,
  GRID_BACKWARD_WEIGHTS_LDR,
  GRID_BACKWARD_WEIGHTS_LDX,
  GRID_BACKWARD_WEIGHTS_RETURNED,
  GRID_BACKWARD_WEIGHTS_X,
  GRID_CELLS,
  GRID_CIRCULAR,
  GRID_FORWARD_ACTIVATION,
  GRID_FORWARD_B,
  GRID_FORWARD_LDX,
  GRID_FORWARD_LDY,
  GRID_FORWARD_LDZ,
  GRID_FORWARD_PARAMETER,
  GRID_FORWARD_W,
  GRID_FORWARD_X,
  GRID_FORWARD_Y,
  GRID_FORWARD_Z,
  GRID_KERNEL_COLUMNS,
  GRID_KERNEL_ROWS,
  GRID_PLANE_COLUMNS,
  GRID_PLANE_ROWS,
  GRID_RUNS,
  GRID_RUN_LENGTHS,
  GRID_RUN_PLACES,
  GRID_RUN_READERS,
  GRID_RUN_SOURCES,
  GRID_SHARING,
  SHARING_KERNEL,
  SHARING_NONE,
  SHARING_SOURCE,
} from '../program/abi'
import { activate, multiplyBySlope } from './activations'
import {
  address,
  firstLanes,
  lanesOf,
  loadSplat,
  multiplyAdd,
  number,
  splat,
  storeFirst,
  word,
} from './lanes'
import { rowBegin, rowEnd, rows, shareOf, thread, work, workBytes } from './state'

// The layer of the operation that runs; a global each, because every function here needs some of them.
let sharing: i32 = 0
let cells: i32 = 0
let planeRows: i32 = 0
let planeColumns: i32 = 0
let kernelRows: i32 = 0
let kernelColumns: i32 = 0
let places: i32 = 0
let isCircular: bool = false
let runs: i32 = 0
let runPlaces: usize = 0
let runReaders: usize = 0
let runSources: usize = 0
let runLengths: usize = 0

function openGrid(op: usize): void {
  sharing = word(op, GRID_SHARING)
  cells = word(op, GRID_CELLS)
  planeRows = word(op, GRID_PLANE_ROWS)
  planeColumns = word(op, GRID_PLANE_COLUMNS)
  kernelRows = word(op, GRID_KERNEL_ROWS)
  kernelColumns = word(op, GRID_KERNEL_COLUMNS)
  places = kernelRows * kernelColumns
  isCircular = word(op, GRID_CIRCULAR) !== 0
  runs = word(op, GRID_RUNS)
  runPlaces = address(op, GRID_RUN_PLACES)
  runReaders = address(op, GRID_RUN_READERS)
  runSources = address(op, GRID_RUN_SOURCES)
  runLengths = address(op, GRID_RUN_LENGTHS)
}

/** @inline The number of that run in one of the four arrays. */
function ofRun(array: usize, run: i32): i32 {
  return load<i32>(array + <usize>(run << 2))
}

/** @inline Writes `count` lanes, all of them where there are so many. */
function storeLanes<T>(at: usize, v: v128, count: i32): void {
  if (count >= lanesOf<T>()) v128.store(at, v)
  else storeFirst<T>(at, v, count)
}

// ---- an image: the plane with a border around it ----------------------------------------------------------------
// What a kernel reads beyond the plane stands there, zeros or the opposite side, so that cells of the border are
// computed like all others. The row of the image that is the plane's row r begins kernelRows / 2 rows down.

/** Elements from one row of the image to the next: a vector that begins in the plane ends before the next row. */
function imageStride<T>(): i32 {
  return planeColumns + kernelColumns - 1 + lanesOf<T>()
}

/** Whether it fits the thread's scratch area. */
function hasImage<T>(): bool {
  const numbers = <i64>imageStride<T>() * (planeRows + kernelRows)
  return numbers * <i64>sizeof<T>() <= <i64>workBytes
}

/** Zeros everywhere, once an operation; the plane itself and what is joined are written for every example. */
function clearImage<T>(): void {
  const numbers = imageStride<T>() * (planeRows + kernelRows)
  memory.fill(work, 0, <usize>numbers * sizeof<T>())
}

/** @inline The plane's numbers, each times w where w is not 0. */
function fillImage<T>(from: usize, w: usize): void {
  const stride = <usize>imageStride<T>() * sizeof<T>()
  const radius = <usize>(kernelColumns >> 1) * sizeof<T>()
  const columns = <usize>planeColumns * sizeof<T>()
  const above = kernelRows >> 1
  let to = work + <usize>above * stride + radius
  for (let row = 0; row < planeRows; row++) {
    let at: usize = 0
    for (; at + 16 <= columns; at += 16) {
      const x = v128.load(from + at)
      v128.store(to + at, w === 0 ? x : v128.mul<T>(v128.load(w + at), x))
    }
    for (; at < columns; at += sizeof<T>()) {
      const x = load<T>(from + at)
      store<T>(to + at, w === 0 ? x : load<T>(w + at) * x)
    }
    if (isCircular) {
      memory.copy(to - radius, to + columns - radius, radius)
      memory.copy(to + columns, to, radius)
    }
    to += stride
    from += columns
    if (w !== 0) w += columns
  }
  if (!isCircular || above === 0) return
  const top = work + <usize>above * stride
  memory.copy(work, top + <usize>(planeRows - above) * stride, <usize>above * stride)
  memory.copy(top + <usize>planeRows * stride, top, <usize>above * stride)
}

/** @inline One more place of a kernel: a sum, or a product with the place's weight. */
function addPlace<T>(sum: v128, x: v128, isSum: bool, w: usize, place: usize): v128 {
  if (isSum) return v128.add<T>(sum, x)
  return multiplyAdd<T>(loadSplat<T>(w + place * sizeof<T>()), x, sum)
}

/** @inline The numbers one further on than those of `x`; `next` follows them. */
function oneOn<T>(x: v128, next: v128): v128 {
  return sizeof<T>() === 4 ? v128.shuffle<f32>(x, next, 1, 2, 3, 4) : v128.shuffle<f64>(x, next, 1, 2)
}

/** @inline Two further on. */
function twoOn<T>(x: v128, next: v128): v128 {
  return sizeof<T>() === 4 ? v128.shuffle<f32>(x, next, 2, 3, 4, 5) : next
}

/** @inline Three places in a row, from two vectors of the image that stand side by side. */
function threeOf<T>(
  sum: v128,
  x: v128,
  next: v128,
  isSum: bool,
  w: usize,
  place: usize,
  isBackward: bool,
): v128 {
  const last = twoOn<T>(x, next)
  sum = addPlace<T>(sum, isBackward ? last : x, isSum, w, place)
  sum = addPlace<T>(sum, oneOn<T>(x, next), isSum, w, place + 1)
  return addPlace<T>(sum, isBackward ? x : last, isSum, w, place + 2)
}

/**
 * @inline One row of cells, three by three places each, ascending; `first` to `third` are the rows of the image in
 * the order of the places. Every number of the image is loaded once: where a load is checked against the end of the
 * memory, that is dearer than moving lanes.
 */
function nineInRow<T>(
  to: usize,
  start: usize,
  first: usize,
  second: usize,
  third: usize,
  isSum: bool,
  w: usize,
  isBackward: bool,
): void {
  const columns = planeColumns
  const rowBytes = <usize>columns * sizeof<T>()
  let at: usize = 0
  while (at < rowBytes) {
    let x = v128.load(first + at)
    let y = v128.load(second + at)
    let z = v128.load(third + at)
    do {
      const nextX = v128.load(first + at, 16)
      const nextY = v128.load(second + at, 16)
      const nextZ = v128.load(third + at, 16)
      let sum = isBackward ? splat<T>(<T>0) : v128.load(start + at)
      sum = threeOf<T>(sum, x, nextX, isSum, w, 0, isBackward)
      sum = threeOf<T>(sum, y, nextY, isSum, w, 3, isBackward)
      sum = threeOf<T>(sum, z, nextZ, isSum, w, 6, isBackward)
      storeLanes<T>(to + at, sum, columns)
      x = nextX
      y = nextY
      z = nextZ
      at += 16
    } while (at + 16 <= rowBytes)
    // The last vector of a row overlaps the one before it, where there is one.
    if (at < rowBytes) at = rowBytes - 16
  }
}

/** @inline The same for any kernel. */
function placesAt<T>(sum: v128, image: usize, stride: usize, isSum: bool, w: usize, isBackward: bool): v128 {
  const last = <usize>(kernelColumns - 1) * sizeof<T>()
  const down: usize = isBackward ? 0 - stride : stride
  const step: usize = isBackward ? 0 - sizeof<T>() : sizeof<T>()
  let rowAt = isBackward ? image + <usize>(kernelRows - 1) * stride + last : image
  let place: usize = 0
  for (let row = 0; row < kernelRows; row++) {
    let at = rowAt
    for (let column = 0; column < kernelColumns; column++) {
      sum = addPlace<T>(sum, v128.load(at), isSum, w, place)
      at += step
      place++
    }
    rowAt += down
  }
  return sum
}

/** @inline One row of cells with any kernel. */
function placesInRow<T>(
  to: usize,
  start: usize,
  image: usize,
  stride: usize,
  isSum: bool,
  w: usize,
  isBackward: bool,
): void {
  const columns = planeColumns
  const rowBytes = <usize>columns * sizeof<T>()
  const lastAt: usize = columns < lanesOf<T>() ? 0 : rowBytes - 16
  for (let at: usize = 0; at < rowBytes; at += 16) {
    if (at > lastAt) at = lastAt
    const sum = isBackward ? splat<T>(<T>0) : v128.load(start + at)
    storeLanes<T>(to + at, placesAt<T>(sum, image + at, stride, isSum, w, isBackward), columns)
  }
}

/** @inline to = start + the places of the image, cell by cell; backward from 0. */
function sumAll<T>(isNine: bool, isSum: bool, isBackward: bool, to: usize, start: usize, w: usize): void {
  const stride = <usize>imageStride<T>() * sizeof<T>()
  const rowBytes = <usize>planeColumns * sizeof<T>()
  let image = work
  for (let row = planeRows; row > 0; row--) {
    const below = image + 2 * stride
    if (!isNine) placesInRow<T>(to, start, image, stride, isSum, w, isBackward)
    else if (isBackward) nineInRow<T>(to, start, below, image + stride, image, isSum, w, true)
    else nineInRow<T>(to, start, image, image + stride, below, isSum, w, false)
    image += stride
    to += rowBytes
    if (!isBackward) start += rowBytes
  }
}

/** @inline */
function sumOf<T>(isSum: bool, isBackward: bool, to: usize, start: usize, w: usize): void {
  if (kernelRows === 3 && kernelColumns === 3) sumAll<T>(true, isSum, isBackward, to, start, w)
  else sumAll<T>(false, isSum, isBackward, to, start, w)
}

/** to = b + the places of the image, cell by cell. w: weights of the places, or 0 for plain sums. */
function sumForward<T>(to: usize, b: usize, w: usize): void {
  if (w === 0) sumOf<T>(true, false, to, b, w)
  else sumOf<T>(false, false, to, b, w)
}

/** The same through the transposed joins, without biases: what comes back to a cell from all that read it. */
function sumBackward<T>(to: usize, w: usize): void {
  if (w === 0) sumOf<T>(true, true, to, 0, w)
  else sumOf<T>(false, true, to, 0, w)
}

// ---- runs: neighbouring cells that a place joins to neighbouring cells --------------------------------------------

/** @inline to += from, so many numbers. */
function addRun<T>(to: usize, from: usize, length: i32): void {
  for (let left = length; left > 0; left -= lanesOf<T>()) {
    storeLanes<T>(to, v128.add<T>(v128.load(to), v128.load(from)), left)
    to += 16
    from += 16
  }
}

/** @inline to += w from with one weight. */
function multiplyRun<T>(to: usize, from: usize, w: v128, length: i32): void {
  for (let left = length; left > 0; left -= lanesOf<T>()) {
    storeLanes<T>(to, multiplyAdd<T>(w, v128.load(from), v128.load(to)), left)
    to += 16
    from += 16
  }
}

/** @inline A vector of weights of neighbouring cells for one place, `places` numbers apart. */
function weightsAt<T>(w: usize): v128 {
  const step = <usize>places * sizeof<T>()
  if (sizeof<T>() === 8) return v128.load64_lane(w + step, v128.load64_zero(w), 1)
  let v = v128.load32_zero(w)
  v = v128.load32_lane(w + step, v, 1)
  v = v128.load32_lane(w + 2 * step, v, 2)
  return v128.load32_lane(w + 3 * step, v, 3)
}

/** @inline to += w from, each cell with a weight of its own. */
function multiplyOwnRun<T>(to: usize, from: usize, w: usize, length: i32): void {
  const step = <usize>(places * lanesOf<T>()) * sizeof<T>()
  for (let left = length; left > 0; left -= lanesOf<T>()) {
    storeLanes<T>(to, multiplyAdd<T>(weightsAt<T>(w), v128.load(from), v128.load(to)), left)
    to += 16
    from += 16
    w += step
  }
}

/** One example's products along all runs, to += ... */
function productsAlongRuns<T>(to: usize, from: usize, w: usize, isBackward: bool): void {
  for (let run = 0; run < runs; run++) {
    const place = <usize>ofRun(runPlaces, run)
    const reader = <usize>ofRun(runReaders, run)
    const source = <usize>ofRun(runSources, run)
    const length = ofRun(runLengths, run)
    const target = to + (isBackward ? source : reader) * sizeof<T>()
    const origin = from + (isBackward ? reader : source) * sizeof<T>()
    if (sharing === SHARING_SOURCE) addRun<T>(target, origin, length)
    else if (sharing === SHARING_KERNEL) {
      multiplyRun<T>(target, origin, loadSplat<T>(w + place * sizeof<T>()), length)
    } else {
      multiplyOwnRun<T>(target, origin, w + (reader * <usize>places + place) * sizeof<T>(), length)
    }
  }
}

// ---- operations ---------------------------------------------------------------------------------------------------

/** @inline Copies the cells of one example, or zeros; to has room for whole vectors, which stay zero behind them. */
function startCells<T>(to: usize, from: usize): void {
  const bytes = <usize>cells * sizeof<T>()
  if (from === 0) memory.fill(to, 0, bytes)
  else memory.copy(to, from, bytes)
}

/** @inline to = w x, cell by cell. */
function multiplyCells<T>(to: usize, w: usize, x: usize): void {
  for (let left = cells; left > 0; left -= lanesOf<T>()) {
    storeLanes<T>(to, v128.mul<T>(v128.load(w), v128.load(x)), left)
    to += 16
    w += 16
    x += 16
  }
}

export function gridForward<T>(op: usize): void {
  openGrid(op)
  const xRow = address(op, GRID_FORWARD_LDX) * sizeof<T>()
  const yRow = address(op, GRID_FORWARD_LDY) * sizeof<T>()
  const w = address(op, GRID_FORWARD_W)
  const b = address(op, GRID_FORWARD_B)
  const activation = word(op, GRID_FORWARD_ACTIVATION)
  const parameter = number(op, GRID_FORWARD_PARAMETER)
  const keepsSums = address(op, GRID_FORWARD_Z) !== 0
  const zRow = keepsSums ? address(op, GRID_FORWARD_LDZ) * sizeof<T>() : yRow
  let x = address(op, GRID_FORWARD_X) + <usize>rowBegin * xRow
  let y = address(op, GRID_FORWARD_Y) + <usize>rowBegin * yRow
  let z = keepsSums ? address(op, GRID_FORWARD_Z) + <usize>rowBegin * zRow : y
  const isImage = sharing !== SHARING_NONE && hasImage<T>()
  if (isImage) clearImage<T>()
  for (let row = rowBegin; row < rowEnd; row++) {
    if (isImage) {
      if (sharing === SHARING_SOURCE) {
        fillImage<T>(x, w)
        sumForward<T>(z, b, 0)
      } else {
        fillImage<T>(x, 0)
        sumForward<T>(z, b, w)
      }
    } else {
      startCells<T>(z, b)
      if (sharing === SHARING_SOURCE) {
        multiplyCells<T>(work, w, x)
        productsAlongRuns<T>(z, work, 0, false)
      } else productsAlongRuns<T>(z, x, w, false)
    }
    if (activation !== ACTIVATION_IDENTITY || z !== y) {
      activate<T>(activation, parameter, z, zRow, y, yRow, 1, cells)
    }
    x += xRow
    y += yRow
    z += zRow
  }
}

export function gridBackwardInput<T>(op: usize): void {
  openGrid(op)
  const gRow = address(op, GRID_BACKWARD_INPUT_LDG) * sizeof<T>()
  const returnedRow = address(op, GRID_BACKWARD_INPUT_LDR) * sizeof<T>()
  const dxRow = address(op, GRID_BACKWARD_INPUT_LDDX) * sizeof<T>()
  const zRow = address(op, GRID_BACKWARD_INPUT_LDZ) * sizeof<T>()
  const yRow = address(op, GRID_BACKWARD_INPUT_LDY) * sizeof<T>()
  const w = address(op, GRID_BACKWARD_INPUT_W)
  const activation = word(op, GRID_BACKWARD_INPUT_ACTIVATION)
  const parameter = number(op, GRID_BACKWARD_INPUT_PARAMETER)
  const wantsInput = address(op, GRID_BACKWARD_INPUT_DX) !== 0
  let g = address(op, GRID_BACKWARD_INPUT_G) + <usize>rowBegin * gRow
  let returned = address(op, GRID_BACKWARD_INPUT_RETURNED) + <usize>rowBegin * returnedRow
  let dx = address(op, GRID_BACKWARD_INPUT_DX) + <usize>rowBegin * dxRow
  let z = address(op, GRID_BACKWARD_INPUT_Z) + <usize>rowBegin * zRow
  let y = address(op, GRID_BACKWARD_INPUT_Y) + <usize>rowBegin * yRow
  const isImage = sharing !== SHARING_NONE && hasImage<T>()
  if (isImage) clearImage<T>()
  for (let row = rowBegin; row < rowEnd; row++) {
    const isSource = sharing === SHARING_SOURCE
    const to = isSource ? returned : dx
    if (isSource || wantsInput) {
      if (isImage) {
        fillImage<T>(g, 0)
        if (isSource) sumBackward<T>(to, 0)
        else sumBackward<T>(to, w)
      } else {
        startCells<T>(to, 0)
        productsAlongRuns<T>(to, g, w, true)
      }
    }
    if (wantsInput) {
      if (isSource) multiplyCells<T>(dx, w, returned)
      if (activation !== ACTIVATION_IDENTITY) {
        multiplyBySlope<T>(activation, parameter, dx, dxRow, z, zRow, y, yRow, 1, cells)
      }
    }
    g += gRow
    returned += returnedRow
    dx += dxRow
    z += zRow
    y += yRow
  }
}

/** @inline db, cells `first` to `last` - 1: sums over all examples. */
function cellBiases<T>(db: usize, g: usize, gRow: usize, first: i32, last: i32): void {
  for (let cell = first; cell < last; cell += lanesOf<T>()) {
    const offset = <usize>cell * sizeof<T>()
    let sum = splat<T>(<T>0)
    let at = g + offset
    for (let row = 0; row < rows; row++, at += gRow) sum = v128.add<T>(sum, v128.load(at))
    storeLanes<T>(db + offset, sum, last - cell)
  }
}

/** @inline SHARING_SOURCE: dw, cells `first` to `last` - 1. */
function cellWeights<T>(
  dw: usize,
  x: usize,
  xRow: usize,
  d: usize,
  dRow: usize,
  first: i32,
  last: i32,
): void {
  for (let cell = first; cell < last; cell += lanesOf<T>()) {
    const offset = <usize>cell * sizeof<T>()
    let sum = splat<T>(<T>0)
    let atX = x + offset
    let atD = d + offset
    for (let row = 0; row < rows; row++, atX += xRow, atD += dRow) {
      sum = multiplyAdd<T>(v128.load(atX), v128.load(atD), sum)
    }
    storeLanes<T>(dw + offset, sum, last - cell)
  }
}

/** @inline Lanes of a vector as numbers `places` apart. */
function storeWeights<T>(to: usize, v: v128, count: i32): void {
  const step = <usize>places * sizeof<T>()
  if (sizeof<T>() === 8) {
    v128.store64_lane(to, v, 0)
    if (count > 1) v128.store64_lane(to + step, v, 1)
    return
  }
  v128.store32_lane(to, v, 0)
  if (count > 1) v128.store32_lane(to + step, v, 1)
  if (count > 2) v128.store32_lane(to + 2 * step, v, 2)
  if (count > 3) v128.store32_lane(to + 3 * step, v, 3)
}

/** SHARING_NONE: dw of the cells `first` to `last` - 1, each weight one chain over the examples. */
function ownWeights<T>(dw: usize, x: usize, xRow: usize, g: usize, gRow: usize, first: i32, last: i32): void {
  const numbers = <usize>(places * (last - first))
  memory.fill(dw + <usize>(first * places) * sizeof<T>(), 0, numbers * sizeof<T>())
  for (let run = 0; run < runs; run++) {
    const place = ofRun(runPlaces, run)
    const reader = ofRun(runReaders, run)
    const source = ofRun(runSources, run)
    const end = min<i32>(last, reader + ofRun(runLengths, run))
    for (let cell = max<i32>(first, reader); cell < end; cell += lanesOf<T>()) {
      let atG = g + <usize>cell * sizeof<T>()
      let atX = x + <usize>(source + cell - reader) * sizeof<T>()
      let sum = splat<T>(<T>0)
      for (let row = 0; row < rows; row++, atG += gRow, atX += xRow) {
        sum = multiplyAdd<T>(v128.load(atG), v128.load(atX), sum)
      }
      storeWeights<T>(dw + <usize>(cell * places + place) * sizeof<T>(), sum, end - cell)
    }
  }
}

/** @inline The part of a run from `at` on that stands in one vector, zeros behind its end. */
function lanesFrom<T>(from: usize, left: i32): v128 {
  const v = v128.load(from)
  return left >= lanesOf<T>() ? v : v128.and(v, firstLanes<T>(left))
}

/**
 * SHARING_KERNEL: dw of one place in eight chains over runs and examples, cell i of a run in chain i mod 8; the
 * chains are added in ascending order.
 */
function placeWeight<T>(place: i32, x: usize, xRow: usize, g: usize, gRow: usize): T {
  const lanes = lanesOf<T>()
  let c0 = splat<T>(<T>0)
  let c1 = c0
  let c2 = c0
  let c3 = c0
  let firstRun = 0
  while (firstRun < runs && ofRun(runPlaces, firstRun) !== place) firstRun++
  for (let row = 0; row < rows; row++) {
    for (let run = firstRun; run < runs && ofRun(runPlaces, run) === place; run++) {
      let atG = g + <usize>ofRun(runReaders, run) * sizeof<T>()
      let atX = x + <usize>ofRun(runSources, run) * sizeof<T>()
      for (let left = ofRun(runLengths, run); left > 0; left -= 8) {
        c0 = multiplyAdd<T>(lanesFrom<T>(atG, left), lanesFrom<T>(atX, left), c0)
        if (left > lanes) {
          c1 = multiplyAdd<T>(lanesFrom<T>(atG + 16, left - lanes), lanesFrom<T>(atX + 16, left - lanes), c1)
        }
        if (sizeof<T>() === 8) {
          if (left > 4)
            c2 = multiplyAdd<T>(lanesFrom<T>(atG + 32, left - 4), lanesFrom<T>(atX + 32, left - 4), c2)
          if (left > 6)
            c3 = multiplyAdd<T>(lanesFrom<T>(atG + 48, left - 6), lanesFrom<T>(atX + 48, left - 6), c3)
        }
        atG += 8 * sizeof<T>()
        atX += 8 * sizeof<T>()
      }
    }
    g += gRow
    x += xRow
  }
  v128.store(work, c0)
  v128.store(work, c1, 16)
  v128.store(work, c2, 32)
  v128.store(work, c3, 48)
  let sum = load<T>(work)
  for (let lane: usize = 1; lane < 8; lane++) sum += load<T>(work + lane * sizeof<T>())
  return sum
}

export function gridBackwardWeights<T>(op: usize): void {
  openGrid(op)
  const x = address(op, GRID_BACKWARD_WEIGHTS_X)
  const xRow = address(op, GRID_BACKWARD_WEIGHTS_LDX) * sizeof<T>()
  const g = address(op, GRID_BACKWARD_WEIGHTS_G)
  const gRow = address(op, GRID_BACKWARD_WEIGHTS_LDG) * sizeof<T>()
  const returned = address(op, GRID_BACKWARD_WEIGHTS_RETURNED)
  const returnedRow = address(op, GRID_BACKWARD_WEIGHTS_LDR) * sizeof<T>()
  const dw = address(op, GRID_BACKWARD_WEIGHTS_DW)
  const first = shareOf(cells, thread)
  const last = shareOf(cells, thread + 1)
  cellBiases<T>(address(op, GRID_BACKWARD_WEIGHTS_DB), g, gRow, first, last)
  if (sharing === SHARING_SOURCE) cellWeights<T>(dw, x, xRow, returned, returnedRow, first, last)
  else if (sharing === SHARING_NONE) ownWeights<T>(dw, x, xRow, g, gRow, first, last)
  else {
    const lastPlace = shareOf(places, thread + 1)
    for (let place = shareOf(places, thread); place < lastPlace; place++) {
      store<T>(dw + <usize>place * sizeof<T>(), placeWeight<T>(place, x, xRow, g, gRow))
    }
  }
}
