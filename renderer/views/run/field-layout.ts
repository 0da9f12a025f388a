// Where the numbers of a field lie in its picture. A field is some planes of rows x columns; planes of one row are
// stacked, one below the other (layers down, cells across), others are tiled with a gap between them.

export interface Field {
  planes: number
  rows: number
  columns: number
  /** planes x rows x columns */
  values: Float64Array | Float32Array
}

/** One pixel a value. */
export interface FieldLayout {
  width: number
  height: number
  /** Index of the value at a pixel; -1 in a gap. */
  indexAt(x: number, y: number): number
  /** Pixel of a value. */
  pixelOf(index: number): readonly [x: number, y: number]
}

export function layoutOf({ planes, rows, columns }: Omit<Field, 'values'>): FieldLayout {
  const isStack = rows === 1
  // As many planes side by side as make the whole near to a square.
  const wanted = isStack ? 1 : Math.round(Math.sqrt((planes * rows) / columns))
  const across = Math.min(planes, Math.max(1, wanted))
  const down = Math.ceil(planes / across)
  const gap = isStack ? 0 : 1
  const [tileWidth, tileHeight] = [columns + gap, rows + gap]
  return {
    width: across * tileWidth - gap,
    height: down * tileHeight - gap,
    indexAt(x, y) {
      const plane = Math.floor(y / tileHeight) * across + Math.floor(x / tileWidth)
      const [row, column] = [y % tileHeight, x % tileWidth]
      const isInside = row < rows && column < columns && plane < planes && x >= 0 && y >= 0
      return isInside ? (plane * rows + row) * columns + column : -1
    },
    pixelOf(index) {
      const column = index % columns
      const row = Math.floor(index / columns) % rows
      const plane = Math.floor(index / (columns * rows))
      return [(plane % across) * tileWidth + column, Math.floor(plane / across) * tileHeight + row]
    },
  }
}

/** The value that an arrow key leads to from `index`, gaps jumped over; `index` itself at an edge. */
export function neighbourOf(layout: FieldLayout, index: number, key: string): number {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key]
  if (step === undefined) return index
  let [x, y] = layout.pixelOf(index)
  for (;;) {
    x += step[0]
    y += step[1]
    if (x < 0 || y < 0 || x >= layout.width || y >= layout.height) return index
    const next = layout.indexAt(x, y)
    if (next >= 0) return next
  }
}

/** Largest magnitude among finite values; 0 where there is none. */
export function magnitudeOf(values: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i])
    if (Number.isFinite(size) && size > largest) largest = size
  }
  return largest
}
