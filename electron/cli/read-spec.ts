// Which experiment a command is to train: a preset or a file, with what the options change in it.

import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { DescentError, messageOf } from '../../engine/errors'
import { PRESETS, type Preset } from '../../engine/presets'
import { nearest } from '../../engine/spec/nearest'
import { parseJsonText, parseSpec, TEXT_LIMITS } from '../../engine/spec/parse'
import { setAtPath } from '../../engine/spec/paths'
import type { ExperimentSpec } from '../../engine/spec/schema'

export interface SpecOptions {
  preset?: string
  set: readonly string[]
  seed?: string
  name?: string
}

/** @throws DescentError 'not-found' naming the nearest */
export function findPreset(id: string): Preset {
  const found = PRESETS.find((preset) => preset.id === id)
  if (found) return found
  const ids = PRESETS.map((preset) => preset.id)
  const meant = nearest(id, ids)
  throw new DescentError(
    'not-found',
    `There is no preset "${id}".`,
    meant === null
      ? `Presets: ${ids.join(', ')}.`
      : `Did you mean "${meant}"? \`descent presets\` lists all.`,
  )
}

async function readStandardInput(): Promise<string> {
  if (process.stdin.isTTY) {
    throw new DescentError(
      'bad-input',
      'No spec came on standard input.',
      'Pipe one in: descent train - < SPEC.json',
    )
  }
  let text = ''
  for await (const part of process.stdin.setEncoding('utf8')) {
    text += part as string
    // What is too long is refused by its length; the rest of it need not be read.
    if (text.length > TEXT_LIMITS.characters) break
  }
  return text
}

function readSpecFile(path: string): string {
  // UTF-8 takes at most four bytes a character; what is larger is refused unread.
  const limit = 4 * TEXT_LIMITS.characters
  try {
    const { size } = statSync(path)
    if (size > limit) {
      throw new DescentError(
        'bad-spec',
        `${path} has ${size} bytes; a spec has at most ${limit}.`,
        'Check that this is the file you meant.',
      )
    }
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    if (thrown instanceof DescentError) throw thrown
    throw new DescentError(
      'missing-file',
      `The spec ${resolve(path)} can not be read: ${messageOf(thrown)}.`,
      'Check the path, or start from a preset: descent presets',
    )
  }
}

async function readInput(file: string | undefined, preset: string | undefined): Promise<unknown> {
  if (preset !== undefined && file === undefined) return findPreset(preset).spec
  if (file === undefined || preset !== undefined) {
    throw new DescentError(
      'bad-input',
      file === undefined ? 'There is nothing to train.' : 'Both a preset and a file are given.',
      'Give either --preset ID (descent presets lists them) or the path of a SPEC.json.',
    )
  }
  return parseJsonText(file === '-' ? await readStandardInput() : readSpecFile(file))
}

function applySetting(input: unknown, setting: string): unknown {
  const at = setting.indexOf('=')
  if (at < 1) {
    throw new DescentError(
      'bad-input',
      `"${setting}" is no setting.`,
      'Write --set path=value, for example --set optimizer.learningRate=0.01',
    )
  }
  return setAtPath(input, setting.slice(0, at), setting.slice(at + 1))
}

/** @throws DescentError with every problem found */
export async function readSpec(
  file: string | undefined,
  { preset, set, seed, name }: SpecOptions,
): Promise<ExperimentSpec> {
  let input = set.reduce(applySetting, await readInput(file, preset))
  if (seed !== undefined) input = setAtPath(input, 'training.seed', seed)
  if (name !== undefined) input = setAtPath(input, 'name', JSON.stringify(name))
  return parseSpec(input)
}
