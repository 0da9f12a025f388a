// Variants of a preset: the same experiment with a setting changed, to be run side by side and compared.

import { DescentError } from '../errors'
import type { Problem } from '../errors'
import { checkSpec } from '../spec/parse'
import { setAtPath } from '../spec/paths'
import type { ExperimentSpec } from '../spec/schema'
import type { Preset } from './presets'

export interface PresetVariant {
  id: string
  title: string
  /** One line: what the comparison answers. */
  question: string
  /** What the members are compared by, where their losses are not the same thing. */
  metric?: string
  /** Path -> value on top of the preset's spec; a member with {} is the preset itself. */
  members: readonly { name: string; set: Readonly<Record<string, unknown>> }[]
}

export interface VariantMember {
  /** Name of its run, e.g. "S1 simple-net - minibatch of 6". */
  name: string
  /** Null where the settings make no spec; the problems then say why. */
  spec: ExperimentSpec | null
  problems: readonly Problem[]
}

/** The members' specs as far as a spec alone can be checked; what the data says comes from describeDesign. */
export function variantMembers(preset: Preset, variant: PresetVariant): VariantMember[] {
  return variant.members.map((member) => {
    const name = `${preset.title} - ${member.name}`
    try {
      const { spec, problems } = checkSpec({ ...applied(preset.spec, member.set), name })
      return { name, spec: problems.length === 0 ? spec : null, problems }
    } catch (thrown) {
      if (!(thrown instanceof DescentError)) throw thrown
      return {
        name,
        spec: null,
        problems: [{ path: '', message: `${thrown.message} ${thrown.hint}`.trim() }],
      }
    }
  })
}

function applied(spec: object, set: Readonly<Record<string, unknown>>): object {
  return Object.entries(set).reduce<object>(
    (whole, [path, value]) => setAtPath(whole, path, JSON.stringify(value)) as object,
    spec,
  )
}
