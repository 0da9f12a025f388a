// What was changed since a design was loaded, in words: "learning rate", "layer 2 units", "layer 3 added".

import { layersOf } from './draft'
import type { Json, JsonObject } from './json-path'
import { isObject, isSame } from './json-path'
import { labelOfPath } from './labels'

/** Names of the settings that differ from `base`. The name of the design is not one of them. */
export function editsSince(base: JsonObject, draft: JsonObject): string[] {
  return [...new Set(editedPaths(base, draft).map(nameOfEdit))]
}

export function nameOfEdit(path: string): string {
  return path.includes(' ') ? path : labelOfPath(path)
}

/** Paths of the settings that differ; where layers came or went a sentence, which has spaces. */
export function editedPaths(base: JsonObject, draft: JsonObject): string[] {
  const paths: string[] = []
  const layers = layerEdits(layersOf(base), layersOf(draft))
  for (const key of new Set([...Object.keys(base), ...Object.keys(draft)])) {
    if (key === 'name' || key === 'version') continue
    if (key === 'network') paths.push(...layers)
    else collect(base[key], draft[key], key, paths)
  }
  return paths
}

function collect(before: Json | undefined, after: Json | undefined, path: string, found: string[]): void {
  if (isSame(before, after)) return
  if (!isObject(before) || !isObject(after)) {
    found.push(path)
    return
  }
  // Another kind brings other settings with it: one edit, not one a setting.
  if (before.kind !== after.kind) {
    found.push(`${path}.kind`)
    for (const key of Object.keys(after)) {
      if (key !== 'kind' && key in before) collect(before[key], after[key], `${path}.${key}`, found)
    }
    return
  }
  if (path === 'dataset' && before.id !== after.id) {
    found.push('dataset.id')
    return
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    collect(before[key], after[key], `${path}.${key}`, found)
  }
}

/** Paths of changed settings, or sentences with a space where layers came, went or changed places. */
function layerEdits(before: readonly JsonObject[], after: readonly JsonObject[]): string[] {
  if (before.length === after.length) {
    const isReordered =
      !isSame(before, after) &&
      before.every((layer) => after.some((other) => isSame(layer, other))) &&
      after.every((layer) => before.some((other) => isSame(layer, other)))
    if (isReordered) return ['order of layers']
    const found: string[] = []
    before.forEach((layer, index) => collect(layer, after[index], `network.layers[${index}]`, found))
    return found
  }
  let start = 0
  while (start < Math.min(before.length, after.length) && isSame(before[start], after[start])) start++
  let end = 0
  const rest = Math.min(before.length, after.length) - start
  while (end < rest && isSame(before[before.length - 1 - end], after[after.length - 1 - end])) end++
  const removed = before.length - start - end
  const added = after.length - start - end
  const changed = Math.min(removed, added)
  const found: string[] = []
  for (let i = 0; i < changed; i++) {
    collect(before[start + i], after[start + i], `network.layers[${start + i}]`, found)
  }
  for (let i = changed; i < added; i++) found.push(`layer ${start + i + 1} added`)
  for (let i = changed; i < removed; i++) found.push(`layer ${start + i + 1} removed`)
  return found
}
