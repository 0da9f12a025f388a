// The design being edited: a spec as plain JSON that may be invalid while someone types, and what is done
// to its layers. Pure; the store keeps the history and the checks.

import type { Json, JsonObject } from './json-path'
import { getIn, isObject, setIn } from './json-path'

/** Where a design came from; the edits since then are told against `base`. */
export type Origin =
  | { kind: 'empty' }
  /** The id is missing in drafts that were saved before it was kept. */
  | { kind: 'preset'; title: string; id?: string }
  | { kind: 'run'; title: string }
  | { kind: 'table'; title: string }
  | { kind: 'images'; title: string }
  | { kind: 'file'; title: string }

export interface DesignState {
  readonly draft: JsonObject
  /** One key a layer, in their order: a card keeps its identity when it moves. */
  readonly layerKeys: readonly number[]
  readonly origin: Origin
  /** The design as it was loaded. */
  readonly base: JsonObject
}

const LAYERS = 'network.layers'
let nextKey = 1

export function layersOf(draft: JsonObject): readonly JsonObject[] {
  const layers = getIn(draft, LAYERS)
  return Array.isArray(layers) ? (layers as readonly JsonObject[]) : []
}

export function layerPath(index: number): string {
  return `${LAYERS}[${index}]`
}

export function stateOf(draft: JsonObject, origin: Origin, base: JsonObject = draft): DesignState {
  return { draft, origin, base, layerKeys: layersOf(draft).map(() => nextKey++) }
}

/** The same design with another draft; cards keep their identity as far as there are as many layers. */
export function withDraft(state: DesignState, draft: JsonObject): DesignState {
  const layerKeys = layersOf(draft).map((_, index) => state.layerKeys[index] ?? nextKey++)
  return { ...state, draft, layerKeys }
}

/** Whether a JSON value has the parts of a spec, so that the form can show it; its values may be wrong. */
export function isEditable(value: unknown): value is JsonObject {
  if (!isObject(value)) return false
  const { dataset, network, optimizer, training, loss } = value
  if (!isObject(dataset) || typeof dataset.id !== 'string' || !isObject(dataset.parameters)) return false
  if (!isObject(network) || !Array.isArray(network.layers)) return false
  if (!network.layers.every((layer: Json) => isObject(layer) && typeof layer.kind === 'string')) return false
  return isObject(optimizer) && typeof optimizer.kind === 'string' && isObject(training) && loss !== undefined
}

function withLayers(state: DesignState, layers: readonly Json[], layerKeys: readonly number[]): DesignState {
  return { ...state, draft: setIn(state.draft, LAYERS, layers) as JsonObject, layerKeys }
}

export function insertLayer(state: DesignState, index: number, layer: JsonObject): DesignState {
  return withLayers(
    state,
    layersOf(state.draft).toSpliced(index, 0, layer),
    state.layerKeys.toSpliced(index, 0, nextKey++),
  )
}

export function removeLayer(state: DesignState, index: number): DesignState {
  return withLayers(state, layersOf(state.draft).toSpliced(index, 1), state.layerKeys.toSpliced(index, 1))
}

/** Moves a layer so that it ends up at `to`. */
export function moveLayer(state: DesignState, from: number, to: number): DesignState {
  const layers = layersOf(state.draft)
  const isInside = (index: number): boolean => index >= 0 && index < layers.length
  if (from === to || !isInside(from) || !isInside(to)) return state
  return withLayers(
    state,
    layers.toSpliced(from, 1).toSpliced(to, 0, layers[from]),
    state.layerKeys.toSpliced(from, 1).toSpliced(to, 0, state.layerKeys[from]),
  )
}

/** The bare name or the `kind` of a choice. */
export function kindOf(value: Json | undefined): string {
  if (typeof value === 'string') return value
  return isObject(value) && typeof value.kind === 'string' ? value.kind : ''
}

/**
 * Where a new layer goes: behind the selected one, but before the output layer, whose size the data set
 * asks for. Activations behind the last dense layer belong to the output.
 */
export function placeForNewLayer(draft: JsonObject, selected: number | null): number {
  const layers = layersOf(draft)
  const output = layers.findLastIndex((layer) => layer.kind === 'dense')
  const beforeOutput = output === -1 ? layers.length : output
  return selected === null ? beforeOutput : Math.min(selected + 1, beforeOutput)
}
