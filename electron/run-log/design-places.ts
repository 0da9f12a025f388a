// Designs of a list of runs, each told once. The settings of a run are a kilobyte or two of JSON, nearly the same in
// all runs of an experiment: to cut name and seed out of ten thousand of them and to look each up took longer than to
// read them, so a text is first compared with the design that its experiment had last.

import type { RunRow } from './run-row'

const SPEC_NAME = /"name":("(?:[^"\\]|\\.)*")/
const SPEC_SEED = /"training\.seed":(\d+)/

/** Gives each value a place, the same one to the same value. */
export function places<T>(first: readonly T[] = []): { values: T[]; placeOf(value: T): number } {
  const values = [...first]
  const known = new Map(values.map((value, index) => [value, index]))
  return {
    values,
    placeOf(value) {
      let place = known.get(value)
      if (place === undefined) {
        place = values.push(value) - 1
        known.set(value, place)
      }
      return place
    },
  }
}

/** A design's text around the name and the seed that stand in it. */
interface Design {
  place: number
  beforeName: string
  beforeSeed: string
  afterSeed: string
}

/** By slices and ===, which compare whole words of memory; startsWith goes letter by letter. */
function isOf(design: Design, text: string, name: string, seed: string): boolean {
  const { beforeName, beforeSeed, afterSeed } = design
  const nameAt = beforeName.length
  const nameEnd = nameAt + name.length
  const seedAt = nameEnd + beforeSeed.length
  const seedEnd = seedAt + seed.length
  return (
    text.slice(0, nameAt) === beforeName &&
    text.slice(nameEnd, seedAt) === beforeSeed &&
    text.slice(seedAt, seedEnd) === seed &&
    text.slice(seedEnd) === afterSeed
  )
}

type DesignRow = Pick<RunRow, 'hyperparameters' | 'experiment' | 'seed'>

/** What is the same in all runs of a design: the spec's name and seed are told by the row. */
export function designPlaces() {
  const { values, placeOf } = places<string>()
  const lastOf = new Map<number, Design>()

  /** Null for settings without a name before a seed, by which no other can be told. */
  function cut(text: string, name: RegExpExecArray | null): Design | null {
    const seed = SPEC_SEED.exec(text)
    if (!name || !seed || seed.index < name.index) return null
    const nameEnd = name.index + name[0].length
    const seedEnd = seed.index + seed[0].length
    const beforeName = text.slice(0, nameEnd - name[1].length)
    const beforeSeed = text.slice(nameEnd, seedEnd - seed[1].length)
    const afterSeed = text.slice(seedEnd)
    return { place: placeOf(`${beforeName}""${beforeSeed}0${afterSeed}`), beforeName, beforeSeed, afterSeed }
  }

  return {
    values,
    placeOf({ hyperparameters: text, experiment, seed }: DesignRow): { design: number; specName: string } {
      const name = SPEC_NAME.exec(text)
      const nameJson = name?.[1] ?? '""'
      const specName = JSON.parse(nameJson) as string
      const last = lastOf.get(experiment)
      if (last && isOf(last, text, nameJson, String(seed))) return { design: last.place, specName }
      const design = cut(text, name)
      if (!design) return { design: placeOf(text), specName }
      lastOf.set(experiment, design)
      return { design: design.place, specName }
    },
  }
}
