// docs/SEEDS.md as text, from the documents of the source presets and a verification of all systems.

import { PRESETS, sourceDocumentOf } from '../../engine/presets'
import type { Preset, SourceDocument, SourceEquation } from '../../engine/presets'
import { SOURCE_SYSTEMS } from '../../engine/presets/sources/types'
import type { SourceSystem } from '../../engine/presets/sources/types'
import type { Check, Verification } from '../../engine/verification/verify'

const INTRODUCTION = `# The five source systems

Descent makes five hand-made networks, each described in a document of its own, runnable, exact and comparable. Each is a preset
(in the window under "The five systems", on the command line \`descent train --preset ID\`) and each is held to the figures that are known of it:

\`\`\`sh
npm run -s descent -- verify            # everything, about a minute
npm run -s descent -- verify S3 --quick # one system, without what takes long
npm run -s descent -- verify --json
\`\`\`

This file is made by \`npx tsx test/tools/make-seeds-document.ts\` from the very texts and checks that the application shows; a test
compares it with what \`descent verify\` gives, number by number. Equations are in each document's own notation. The engine computes with its
own exponential, logarithm and trigonometric functions, so the column "got" is the same on every machine.`

const NAMES: Record<SourceSystem, string> = {
  S0: 'NeuralGrid',
  S1: 'simple-net',
  S2: 'AI-Library',
  S3: 'Regression and classification by hand',
  S4: 'Linearized weights',
}
const PARTS: Record<Exclude<SourceEquation['at'], number>, string> = {
  data: 'Data',
  loss: 'Loss',
  update: 'Update',
  random: 'Random numbers',
}

function math(latex: string): string {
  return `$$${latex}$$`
}

function equation({ title, latex, text, number }: SourceEquation): string {
  const name = number === undefined ? `**${title}**` : `**${title}** ${number}`
  return [name, math(latex), ...(text === undefined ? [] : [text])].join('\n\n')
}

function equations({ equations: all }: SourceDocument, preset: Preset): string[] {
  const places = [...new Set(all.map(({ at }) => at))]
  return places.flatMap((place) => {
    const kind = typeof place === 'number' ? preset.spec.network.layers[place]?.kind : undefined
    const title = typeof place === 'number' ? `Layer ${place + 1}, ${kind}` : PARTS[place]
    return [`#### ${title}`, ...all.filter(({ at }) => at === place).map(equation)]
  })
}

function presetSection(preset: Preset, document: SourceDocument): string[] {
  return [
    `### ${preset.title} (\`${preset.id}\`)`,
    document.summary,
    `Source: ${document.citation}.`,
    `${preset.architecture}. ${preset.question}`,
    ...equations(document, preset),
    '#### Left open, and chosen',
    document.open.map(({ question, choice }) => `- ${question} ${choice}`).join('\n'),
    ...(document.slips.length === 0 ? [] : ['#### Slips, corrected']),
    ...document.slips.map(({ where, printed, corrected, why }) =>
      [`**${where}.** ${why} Printed:`, math(printed), 'Corrected:', math(corrected)].join('\n\n'),
    ),
    ...(preset.variants === undefined ? [] : ['#### Comparisons', variantsOf(preset)]),
  ]
}

function variantsOf({ variants = [] }: Preset): string {
  return variants
    .map(
      ({ title, question, members }) =>
        `- ${title}: ${question} (${members.map(({ name }) => name).join(' / ')})`,
    )
    .join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

const short = (value: number): string => (value === 0 ? '0' : value.toExponential(1))

/** The table of checks of one system. */
export function checkTable(checks: readonly Check[]): string {
  const rows = checks.map(({ check, expected, got, relativeError, tolerance, pass }) => {
    const cells = [check, String(expected), String(got), short(relativeError), short(tolerance)]
    return `| ${[...cells, pass ? 'pass' : 'FAIL'].map(cell).join(' | ')} |`
  })
  const head =
    '| check | expected | got | relative error | tolerance | result |\n| --- | ---: | ---: | ---: | ---: | --- |'
  const notes = new Map(
    checks.flatMap(({ check, note }) => (note === undefined ? [] : [[check, note] as const])),
  )
  const reasons = [...notes].map(([check, note]) => `- ${check}: ${note}.`)
  return [[head, ...rows].join('\n'), ...(reasons.length === 0 ? [] : [reasons.join('\n')])].join('\n\n')
}

export function seedsDocument({ checks }: Verification): string {
  const sections = SOURCE_SYSTEMS.flatMap((system) => [
    `## ${system} ${NAMES[system]}`,
    ...PRESETS.flatMap((preset) => {
      const document = preset.system === system ? sourceDocumentOf(preset.id) : null
      return document === null ? [] : presetSection(preset, document)
    }),
    `### ${system}, verified`,
    checkTable(checks.filter((check) => check.system === system)),
  ])
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`
}
