// The documents of the source presets, by the preset's id.

import type { SourceDocument } from './sources/types'

const DOCUMENTS: Readonly<Record<string, SourceDocument>> = {}

/** The document that a preset makes real; null for every other preset. */
export function sourceDocumentOf(presetId: string): SourceDocument | null {
  return Object.hasOwn(DOCUMENTS, presetId) ? DOCUMENTS[presetId] : null
}
