// The documents of the source presets, by the preset's id.

import { S2_MNIST, S2_XOR } from './sources/ai-library'
import { S4 } from './sources/linearized-weights'
import { S0_AUTHOR, S0_DOCUMENT } from './sources/neural-grid'
import { S3_DISC, S3_HAND } from './sources/regression-notes'
import { S1 } from './sources/simple-net'
import type { SourceDocument } from './sources/types'

export const SOURCE_DOCUMENTS: Readonly<Record<string, SourceDocument>> = {
  's0-author': S0_AUTHOR,
  's0-document': S0_DOCUMENT,
  s1: S1,
  's2-xor': S2_XOR,
  's2-mnist': S2_MNIST,
  's3-hand': S3_HAND,
  's3-disc': S3_DISC,
  s4: S4,
}

/** The document that a preset makes real; null for every other preset. */
export function sourceDocumentOf(presetId: string): SourceDocument | null {
  return Object.hasOwn(SOURCE_DOCUMENTS, presetId) ? SOURCE_DOCUMENTS[presetId] : null
}
