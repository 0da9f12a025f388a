// What groups of runs are called: what the names of their members share, or the values they agree in.

import { labelOfPath } from '../spec/path-labels'
import type { PathDifference } from './differences'
import { settingText } from './numbers'
import type { HyperparameterValue } from './types'

/** "seed 3", "seeds", and whatever joins it to the name. */
const TRAILING_SEED = /[\s,;:#·_(-]*\bseeds?\b[\s:=#_-]*\d*[\s)]*$/i
const TRAILING_JOIN = /[\s,;:#·_(/=+-]+$/
const TRAILING_NUMBER = /[\s,;:#·_(/=+.-]*\d*[\s,;:#·_(/=+.-]*$/

function sharedCharacters(names: readonly string[]): string {
  let length = Math.min(...names.map((name) => name.length))
  while (length > 0 && names.some((name) => !name.startsWith(names[0].slice(0, length)))) length--
  return names[0].slice(0, length)
}

function sharedWords(names: readonly string[]): string {
  const words = names.map((name) => name.split(/\s+/))
  let count = 0
  const shortest = Math.min(...words.map((each) => each.length))
  while (count < shortest && words.every((each) => each[count] === words[0][count])) count++
  return words[0].slice(0, count).join(' ')
}

/**
 * What the names share: their leading words without a trailing "seed", or, where they are one word, its beginning
 * without the number that ends there. "adam lr 0.01 seed 1" and "adam lr 0.01 seed 2": adam lr 0.01.
 * Names that share nothing: the first one and how many more there are.
 */
export function nameOfMembers(names: readonly string[]): string {
  const distinct = [...new Set(names)]
  const words = sharedWords(distinct).replace(TRAILING_SEED, '').replace(TRAILING_JOIN, '')
  if (words !== '') return words
  if (distinct.length === 1) return distinct[0]
  const start = sharedCharacters(distinct).replace(TRAILING_NUMBER, '').replace(TRAILING_SEED, '')
  if (start.length > 1) return start
  return `${distinct[0]} and ${distinct.length - 1} more`
}

interface PathValue {
  path: string
  value: HyperparameterValue | undefined
}

function shortLabelOfPath(path: string): string {
  return path === 'optimizer.learningRate' ? 'lr' : labelOfPath(path)
}

/** "adam", "lr 0.01", "no schedule", "batch size 64"; a text says itself what it is. */
function valueText({ path, value }: PathValue): string {
  if (value === undefined) return `no ${shortLabelOfPath(path)}`
  if (value === null) return `${shortLabelOfPath(path)} not set`
  if (typeof value === 'string') return value
  return `${shortLabelOfPath(path)} ${settingText(value)}`
}

/** "adam, 0.01": numbers are named only where there is more than one, or nothing else. */
export function labelOfValues(values: readonly PathValue[]): string {
  const numbers = values.filter(({ value }) => typeof value === 'number').length
  const texts = values.filter(({ value }) => typeof value === 'string').length
  const isPlain = numbers === 1 && texts > 0
  return values
    .map((each) => (isPlain && typeof each.value === 'number' ? settingText(each.value) : valueText(each)))
    .join(', ')
}

interface Labeled {
  label: string
  number: number
}

/** Adds to equal labels the fewest of the most telling differences that tell them apart; failing that, the number. */
export function distinctLabels<G extends Labeled>(
  groups: readonly G[],
  differing: (same: readonly G[]) => readonly PathDifference[],
): string[] {
  const labels = groups.map(({ label }) => label)
  const places = new Map<string, number[]>()
  labels.forEach((label, index) => places.set(label, [...(places.get(label) ?? []), index]))
  for (const [label, same] of places) {
    if (same.length === 1) continue
    let texts = same.map(() => label)
    let distinct = 1
    for (const { path, values } of differing(same.map((index) => groups[index]))) {
      if (distinct === same.length) break
      const longer = texts.map((text, at) => `${text}, ${valueText({ path, value: values[at] })}`)
      const count = new Set(longer).size
      // A setting that comes with another, like the beta 1 of Adam, tells nothing new.
      if (count === distinct) continue
      texts = longer
      distinct = count
    }
    same.forEach((index, at) => {
      const isAlone = texts.filter((text) => text === texts[at]).length === 1
      labels[index] = isAlone ? texts[at] : `${texts[at]} #${groups[index].number}`
    })
  }
  return labels
}
