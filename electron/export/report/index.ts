// A comparison as one page that opens anywhere: charts, tables, the test of the difference, and all that is needed to
// repeat it. It asks for nothing: no script, no font, no network.

import { comparisonFacts } from '../../../engine/comparison/words'
import { countText } from '../numbers'
import type { Stamp } from '../seen/csv'
import type { Seen } from '../seen/read'
import type { SeenRequest } from '../seen/request'
import { describeSeen, inlineSvg } from '../seen/svg'
import { escapeText } from '../../../engine/comparison/svg/xml'
import { abSection } from './ab-section'
import { differencesTable, groupsTable } from './groups'
import { factList, scrolling, tag, textTag } from './html'
import { resultsOf } from './results'
import { runDetails, runsTable } from './runs'
import { reportStyles } from './styles'

/** Says what the page may load: nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

function headTitle({ groups, runs }: Seen): string {
  if (groups.length === runs.length) return runs.length === 1 ? runs[0].name : `${runs.length} runs compared`
  return groups.length === 1 ? groups[0].label : `${groups.length} groups compared`
}

function figures(seen: Seen, size: Pick<SeenRequest, 'width' | 'height'>): string {
  return seen.charts
    .filter(({ lines }) => lines.length > 0)
    .map((chart, index) =>
      tag(
        'figure',
        {},
        scrolling(
          `Figure ${index + 1}, ${chart.chart.metric}`,
          inlineSvg(seen, chart, size, `figure-${index + 1}`),
        ),
        tag(
          'figcaption',
          {},
          textTag('strong', `Figure ${index + 1}. `),
          escapeText(
            `${chart.model.yName}. Each line passes through the lowest and the highest value of every pixel.`,
          ),
        ),
      ),
    )
    .join('')
}

function section(title: string, ...content: readonly string[]): string {
  return content.every((each) => each === '') ? '' : tag('section', {}, textTag('h2', title), ...content)
}

/** Where there is no test a reader learns why. */
function testDetails(test: ReturnType<typeof abSection>): string {
  if (test === null) return ''
  return 'problem' in test ? textTag('p', test.problem) : test.details
}

function method(seen: Seen): string {
  const sizes = seen.groups.map(({ members }) => members.length)
  const facts = comparisonFacts(seen.comparison, {
    runs: seen.runs.length,
    groups: seen.groups.length,
    members: [Math.min(...sizes), Math.max(...sizes)],
  })
  return factList(facts.map(({ name, text }) => [name, escapeText(text)])).replace(
    '<dl>',
    '<dl class="wide">',
  )
}

export function reportHtml(
  seen: Seen,
  size: Pick<SeenRequest, 'width' | 'height'>,
  { at, version }: Stamp,
): string {
  const date = new Date(at).toISOString()
  const resultOf = resultsOf(seen)
  const test = abSection(seen)
  const ab = test === null || 'problem' in test ? null : test
  const title = ab?.title ?? headTitle(seen)
  const body = tag(
    'main',
    {},
    tag(
      'header',
      {},
      textTag('h1', title),
      ab === null ? '' : textTag('p', ab.sentence, { class: 'lead' }),
      textTag('p', `${describeSeen(seen)}.`, { class: 'quiet small' }),
    ),
    figures(seen, size),
    section('Results', groupsTable(seen, resultOf)),
    section('Test of the difference', testDetails(test)),
    section('What differs', differencesTable(seen)),
    section('Runs', runsTable(seen, resultOf)),
    section('Settings and origin of each run', runDetails(seen)),
    section('How it is shown', method(seen)),
    tag(
      'footer',
      { class: 'small quiet' },
      escapeText(
        `Written by Descent ${version} on ${date.slice(0, 10)} at ${date.slice(11, 16)} UTC from its run log; ${countText(seen.runs.length)} ${seen.runs.length === 1 ? 'run' : 'runs'}${seen.hidden > 0 ? `, ${seen.hidden} hidden left out` : ''}. Numbers here are rounded; the CSV is not.`,
      ),
    ),
  )
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta name="generator" content="Descent ${escapeText(version)}">`,
    textTag('title', title),
    `<style>${reportStyles(seen.colors)}</style>`,
  ]
  return `<!doctype html>\n<html lang="en"><head>${head.join('')}</head><body>${body}</body></html>\n`
}
