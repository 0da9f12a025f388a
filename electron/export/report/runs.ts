// Every run of a report: how it did, all of its settings, and what is needed to repeat it.

import { metricWithUnit } from '../../../engine/comparison/metric-text'
import { labelOfPath } from '../../../engine/spec/path-labels'
import type { RunSummary } from '../../contract'
import { countText, durationText, MISSING } from '../numbers'
import type { Seen } from '../seen/read'
import { escapeText } from '../../../engine/comparison/svg/xml'
import { markedName, metricsOf } from './groups'
import { factList, table, tag, textTag } from './html'
import { valueCell, type ResultOf } from './results'

const time = (milliseconds: number | null): string =>
  milliseconds === null
    ? MISSING
    : `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`

export function runsTable(seen: Seen, resultOf: ResultOf): string {
  const metrics = metricsOf(seen)
  const columns = [
    { title: 'Run' },
    { title: 'seed', isNumber: true },
    { title: 'status' },
    { title: 'steps', isNumber: true },
    ...metrics.flatMap((metric) => [
      { title: `best ${metricWithUnit(metric)}`, isNumber: true },
      { title: `last ${metricWithUnit(metric)}`, isNumber: true },
    ]),
    { title: 'training time', isNumber: true },
  ]
  const rows = seen.groups.flatMap((group) =>
    group.members.map((run) => [
      markedName(seen, group, run.name),
      String(run.seed),
      textTag('span', run.status, {
        class: run.status === 'diverged' || run.status === 'failed' ? 'bad' : null,
      }),
      countText(run.progress.step),
      ...metrics.flatMap((metric) => {
        const { best, last } = resultOf(run, metric)
        return [valueCell(metric, best), valueCell(metric, last)]
      }),
      durationText(run.activeMs),
    ]),
  )
  return table(
    'Each run, not smoothed; the mark is that of its group. Training time leaves pauses out.',
    columns,
    rows,
  )
}

function code(text: string | null): string {
  return text === null ? MISSING : textTag('code', text)
}

function provenance(run: RunSummary): string {
  return factList([
    ['run', code(run.id)],
    ['seed', String(run.seed)],
    ['data set', escapeText(run.datasetId)],
    ['kernel', code(run.kernel)],
    ['engine version', escapeText(run.engineVersion)],
    ['parameters', run.parameters === null ? MISSING : countText(run.parameters)],
    ['started', time(run.startedAt)],
    ['ended', time(run.endedAt)],
    ['SHA-256 of the data', code(run.dataHash)],
    ['SHA-256 of the weights', code(run.weightsHash)],
  ])
}

function settings(run: RunSummary): string {
  return factList(
    Object.entries(run.hyperparameters).map(([path, value]) => [
      labelOfPath(path),
      value === null ? MISSING : escapeText(String(value)),
    ]),
  )
}

/** All settings and the origin of each run, folded. */
export function runDetails(seen: Seen): string {
  return seen.runs
    .map((run) =>
      tag(
        'details',
        {},
        tag(
          'summary',
          {},
          escapeText(run.name),
          textTag('span', `seed ${run.seed}, ${run.status}${run.reason === null ? '' : `: ${run.reason}`}`, {
            class: 'quiet small',
          }),
        ),
        tag('div', {}, textTag('h3', 'Origin'), provenance(run), textTag('h3', 'Settings'), settings(run)),
      ),
    )
    .join('')
}
