// What is drawn on the card of a preset. Coordinates are shares of the picture: x from 0 (left) to 1, y from
// 0 (bottom) to 1; the picture is three units wide and two high.

/** Up to 150 examples. */
export interface PicturePoints {
  count: number
  /** count x 2 */
  positions: Float32Array
  /** Class index of each point; empty for regression. */
  labels: Uint8Array
}

/** What a trained network decides over the plane, and examples. */
export interface SurfacePicture {
  kind: 'surface'
  columns: number
  rows: number
  classes: number
  /**
   * rows x columns, row 0 at the bottom. Two classes: the probability of class 1. More: the index of the class plus
   * its probability in [0, 1).
   */
  values: Float32Array
  points: PicturePoints
}

/** Examples in two of their inputs. */
export interface PointsPicture {
  kind: 'points'
  classes: number
  points: PicturePoints
}

/** A fitted curve on an even grid of x, and examples. */
export interface CurvePicture {
  kind: 'curve'
  y: Float32Array
  points: PicturePoints
}

/** Images in rows. */
export interface ImagesPicture {
  kind: 'images'
  width: number
  height: number
  count: number
  /** count x height x width, 0 (paper) to 255 (ink). */
  pixels: Uint8Array
}

/** The same weights at several times, one strip below the other. */
export interface StripsPicture {
  kind: 'strips'
  strips: readonly {
    title: string
    /** From -1 to 1, the largest of all strips in magnitude being 1. */
    values: Float32Array
  }[]
}

/** What passes through layers of cells: one row a layer, the first at the top. */
export interface HeatPicture {
  kind: 'heat'
  rows: number
  columns: number
  /** rows x columns, from -1 to 1. */
  values: Float32Array
}

/** A small network: cells in columns, joined by lines that show their weights. */
export interface GraphPicture {
  kind: 'graph'
  /** Cells of each column, the inputs first. */
  sizes: readonly number[]
  /** Layer by layer, the weight from cell i to cell j at i + inputs j; from -1 to 1, the largest in magnitude being 1. */
  weights: Float32Array
}

export type PresetPicture =
  SurfacePicture | PointsPicture | CurvePicture | ImagesPicture | StripsPicture | HeatPicture | GraphPicture

/** How a picture is stored: numbers from 0 to 1 (or -1 to 1) as bytes or 16-bit words, in base64. */
export type StoredPoints = { positions: string; labels: string }
export type StoredPicture =
  | { kind: 'surface'; columns: number; rows: number; classes: number; values: string; points: StoredPoints }
  | { kind: 'points'; classes: number; points: StoredPoints }
  | { kind: 'curve'; y: string; points: StoredPoints }
  | { kind: 'images'; width: number; height: number; pixels: string }
  | { kind: 'strips'; strips: { title: string; values: string }[] }
  | { kind: 'heat'; rows: number; columns: number; values: string }
  | { kind: 'graph'; sizes: readonly number[]; weights: string }
