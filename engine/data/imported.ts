// Whatever a person imported: a table or a set of images. Kept under one kind of hash, listed together.

import type { ImageSetInfo } from './idx-set'
import type { TableInfo } from './table'

export type ImportedInfo = TableInfo | ImageSetInfo
