// From a loaded data set to what a session trains on: split, then columns normalized by the training part.

export type { AffineColumns, PreparedData } from './prepared'
