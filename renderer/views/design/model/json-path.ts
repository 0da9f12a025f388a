// Reads and writes one place of a JSON value by the paths that problems use: `network.layers[2].units`.
// Writing copies the way to the place and shares the rest, so that an older design stays as it was.

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `a.b[2]` -> ['a', 'b', 2]; '' -> []. */
export function parsePath(path: string): (string | number)[] {
  return (path.match(/[^.[\]]+|\[\d+\]/g) ?? []).map((part) =>
    part.startsWith('[') ? Number(part.slice(1, -1)) : part,
  )
}

/** The value at a path; undefined where the way ends before. */
export function getIn(value: Json | undefined, path: string): Json | undefined {
  let here: Json | undefined = value
  for (const key of parsePath(path)) {
    if (typeof key === 'number') here = Array.isArray(here) ? (here as readonly Json[])[key] : undefined
    else here = isObject(here) && Object.hasOwn(here, key) ? here[key] : undefined
  }
  return here
}

/** A copy with another value at a path. Missing objects on the way are made; arrays are not. */
export function setIn(value: Json | undefined, path: string, next: Json): Json {
  return setAt(value, parsePath(path), next)
}

function setAt(value: Json | undefined, keys: readonly (string | number)[], next: Json): Json {
  const [key, ...rest] = keys
  if (key === undefined) return next
  if (typeof key === 'number') {
    const list = Array.isArray(value) ? [...(value as readonly Json[])] : []
    list[key] = setAt(list[key], rest, next)
    return list
  }
  const object = isObject(value) ? value : {}
  return { ...object, [key]: setAt(object[key], rest, next) }
}

/** Whether two JSON values are the same; the order of keys does not matter. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item: Json, index) => isSame(item, (b as Json[])[index]))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], b[key]))
}
