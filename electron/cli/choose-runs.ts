// Which runs a command is about: those named by --run, those a --query finds, those of a saved view.

import type { SavedView } from '../../engine/comparison/schema'
import { indexFields, parseQuery } from '../../engine/comparison/query'
import { DescentError } from '../../engine/errors'
import { nearest } from '../../engine/spec/nearest'
import { SettingsStore } from '../app/settings'
import type { RunSummary } from '../contract'
import type { RunLog } from '../run-log'

/** Runs that a query finds. @throws DescentError 'bad-input' with the place where it is wrong */
export function queriedRuns(runs: readonly RunSummary[], text: string): RunSummary[] {
  const query = parseQuery(text, indexFields(runs))
  if (query.error !== null) {
    const { message, start, end } = query.error
    throw new DescentError(
      'bad-input',
      `--query: ${message}`,
      `It is about this part:\n  ${text.replace(/\s/g, ' ')}\n  ${' '.repeat(start)}${'^'.repeat(Math.max(1, end - start))}`,
    )
  }
  return runs.filter(query.matches)
}

/** @throws DescentError 'not-found' with the nearest id, where one is near */
export function runsOfIds(log: RunLog, ids: readonly string[]): RunSummary[] {
  return [...new Set(ids)].map((id) => {
    const run = log.getRun(id)
    if (run !== null) return run
    const meant = nearest(
      id,
      log.listRuns().map((each) => each.id),
    )
    throw new DescentError(
      'not-found',
      `There is no run "${id}" in ${log.path}.`,
      meant === null ? '`descent runs` lists all ids.' : `Did you mean "${meant}"?`,
    )
  })
}

/**
 * Runs by id or by name; a name means all runs that bear it.
 * @throws DescentError 'not-found' with the nearest id or name, where one is near
 */
export function runsOfNames(log: RunLog, texts: readonly string[]): RunSummary[] {
  const all = log.listRuns()
  const found = texts.flatMap((text) => {
    const byId = log.getRun(text)
    const runs = byId === null ? all.filter(({ name }) => name === text) : [byId]
    if (runs.length > 0) return runs
    const meant = nearest(
      text,
      all.flatMap(({ id, name }) => [id, name]),
    )
    throw new DescentError(
      'not-found',
      `There is no run "${text}" in ${log.path}, neither by id nor by name.`,
      meant === null ? '`descent runs` lists them all.' : `Did you mean "${meant}"?`,
    )
  })
  return [...new Map(found.map((run) => [run.id, run])).values()]
}

/** @throws DescentError 'not-found' with the names there are */
export function savedView(log: RunLog, name: string): SavedView {
  const { views } = new SettingsStore(log).get()
  const found = views.find((view) => view.name === name)
  if (found !== undefined) return found
  const names = views.map((view) => view.name)
  const meant = nearest(name, names)
  throw new DescentError(
    'not-found',
    names.length === 0
      ? `There is no view "${name}": none is saved in ${log.path}.`
      : `There is no view "${name}"; saved are ${names.map((each) => `"${each}"`).join(', ')}.`,
    meant === null
      ? 'Views are saved in the application, in Runs and in Compare.'
      : `Did you mean "${meant}"?`,
  )
}

export interface RunChoice {
  run: readonly string[]
  query?: string
}

/**
 * Oldest first. Runs that are put aside are meant only where they are named.
 * @throws DescentError where a run, or what a query is about, is not known
 */
export function chosenRuns(
  log: RunLog,
  { run: ids, query }: RunChoice,
  view: SavedView | null,
): RunSummary[] {
  const named =
    ids.length > 0
      ? runsOfIds(log, ids)
      : view !== null
        ? view.runIds.flatMap((id) => log.getRun(id) ?? [])
        : log
            .listRuns()
            .filter(({ archivedAt }) => archivedAt === null)
            .reverse()
  return query === undefined ? named : queriedRuns(named, query)
}
