// Schema 2: which runs share a design, which are put aside or locked, and what purged runs leave behind. Never edited
// once released: append a migration.

import type { Database } from 'better-sqlite3'
import { experimentKey } from '../experiment-key'
import type { Migration } from './migration'

const CREATE_EXPERIMENT = `
CREATE TABLE experiment (
  number INTEGER PRIMARY KEY,
  key    TEXT NOT NULL UNIQUE
) STRICT`

const ADD_EXPERIMENT = `ALTER TABLE run ADD COLUMN experiment INTEGER REFERENCES experiment (number)`
const ADD_ARCHIVED_AT = `ALTER TABLE run ADD COLUMN archived_at INTEGER`
const ADD_LOCKED = `ALTER TABLE run ADD COLUMN locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1))`
/** From then on the run is nowhere shown; its rows are deleted bit by bit. */
const ADD_PURGED_AT = `ALTER TABLE run ADD COLUMN purged_at INTEGER`
const CREATE_RUN_EXPERIMENT = `CREATE INDEX run_experiment ON run (experiment)`
const CREATE_RUN_PURGED = `CREATE INDEX run_purged ON run (purged_at) WHERE purged_at IS NOT NULL`

const CREATE_PURGED = `
CREATE TABLE purged (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  last_number INTEGER NOT NULL,
  last_change INTEGER NOT NULL
) STRICT`
const INSERT_PURGED = `INSERT INTO purged (id, last_number, last_change) VALUES (1, 0, 0)`

const SELECT_SPECS = `
SELECT run.number, run_spec.spec FROM run JOIN run_spec ON run_spec.run_id = run.id ORDER BY run.number`
const INSERT_EXPERIMENT = `INSERT INTO experiment (number, key) VALUES (?, ?)`
const UPDATE_EXPERIMENT = `UPDATE run SET experiment = ? WHERE number = ?`

/** In the order in which designs first appeared. */
function numberDesigns(database: Database): void {
  const insertExperiment = database.prepare(INSERT_EXPERIMENT)
  const updateExperiment = database.prepare(UPDATE_EXPERIMENT)
  const numbers = new Map<string, number>()
  // Read before the first is changed: a statement that is still read from may not see its own table change.
  const rows = database.prepare<[], { number: number; spec: string }>(SELECT_SPECS).all()
  for (const { number, spec } of rows) {
    const key = experimentKey(spec)
    let experiment = numbers.get(key)
    if (experiment === undefined) {
      experiment = numbers.size + 1
      numbers.set(key, experiment)
      insertExperiment.run(experiment, key)
    }
    updateExperiment.run(experiment, number)
  }
}

export const EXPERIMENTS: Migration = {
  version: 2,
  statements: [
    CREATE_EXPERIMENT,
    ADD_EXPERIMENT,
    ADD_ARCHIVED_AT,
    ADD_LOCKED,
    ADD_PURGED_AT,
    CREATE_RUN_EXPERIMENT,
    CREATE_RUN_PURGED,
    CREATE_PURGED,
    INSERT_PURGED,
  ],
  fill: numberDesigns,
}
