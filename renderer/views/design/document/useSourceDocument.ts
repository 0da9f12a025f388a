// The source document of the design on screen: whose preset it came from, and how the two still fit together.

import { computed, ref } from 'vue'
import {
  PRESETS,
  presetSpec,
  sourceDocumentOf,
  type Preset,
  type SourceDocument,
  type SourceEquation,
} from '../../../../engine/presets'
import { useDesign } from '../../../stores/design'
import { layersOf, type Origin } from '../model/draft'
import { editedPaths, nameOfEdit } from '../model/edits'
import { getIn, type Json, type JsonObject } from '../model/json-path'

export type RightTab = 'training' | 'document'

/** Which of the two the right column shows, where there is a document. */
export const rightTab = ref<RightTab>('document')

export interface Difference {
  /** Path, or a sentence about layers. */
  key: string
  name: string
  /** Undefined where the values are too large to show. */
  before?: string
  after?: string
}

export function presetOf(origin: Origin | undefined): Preset | null {
  if (origin?.kind !== 'preset' || origin.id === undefined) return null
  const { id } = origin
  return PRESETS.find((preset) => preset.id === id) ?? null
}

/** Everything in which a draft is not what the preset has, without the name. */
export function differencesFrom(preset: Preset, draft: JsonObject): Difference[] {
  const base = JSON.parse(JSON.stringify(presetSpec(preset))) as JsonObject
  return [...new Set(editedPaths(base, draft))].map((path) => {
    const name = nameOfEdit(path)
    if (path.includes(' ')) return { key: path, name }
    const [before, after] = [getIn(base, path), getIn(draft, path)].map(textOf)
    const isShown = before !== undefined && after !== undefined
    return isShown ? { key: path, name, before, after } : { key: path, name }
  })
}

function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return 'none'
  return typeof value === 'object' ? undefined : String(value)
}

/** Whether the layers are still those of the preset by kind, so that equations belong to them by index. */
export function hasLayersOf(preset: Preset, draft: JsonObject): boolean {
  const { layers } = presetSpec(preset).network
  const present = layersOf(draft)
  return layers.length === present.length && layers.every(({ kind }, index) => kind === present[index].kind)
}

export function useSourceDocument() {
  const design = useDesign()
  const preset = computed(() => presetOf(design.state?.origin))
  const document = computed<SourceDocument | null>(() =>
    preset.value === null ? null : sourceDocumentOf(preset.value.id),
  )
  const differences = computed(() =>
    preset.value === null || document.value === null ? [] : differencesFrom(preset.value, design.draft),
  )
  const hasItsLayers = computed(() => preset.value !== null && hasLayersOf(preset.value, design.draft))
  /** The equations of a layer; none once the layers are others than the document's. */
  function equationsAt(index: number): readonly SourceEquation[] {
    if (document.value === null || !hasItsLayers.value) return []
    return document.value.equations.filter(({ at }) => at === index)
  }
  return { preset, document, differences, hasItsLayers, equationsAt }
}
