// Schema 1. docs/SCHEMA.md says what every column holds. Never edited once released: append a migration.

import type { Migration } from './migration'

const CREATE_PROCESS = `
CREATE TABLE process (
  id          INTEGER PRIMARY KEY,
  kind        TEXT    NOT NULL CHECK (kind IN ('app', 'command-line')),
  pid         INTEGER NOT NULL,
  start_token TEXT,
  started_at  INTEGER NOT NULL,
  ended_at    INTEGER
) STRICT`

const CREATE_RUN = `
CREATE TABLE run (
  number           INTEGER PRIMARY KEY,
  id               TEXT    NOT NULL UNIQUE,
  name             TEXT    NOT NULL,
  status           TEXT    NOT NULL CHECK (status IN (
    'queued', 'running', 'paused', 'finished', 'stopped', 'diverged', 'failed', 'interrupted')),
  reason           TEXT,
  note             TEXT    NOT NULL DEFAULT '',
  created_at       INTEGER NOT NULL,
  started_at       INTEGER,
  ended_at         INTEGER,
  deleted_at       INTEGER,
  active_ms        REAL    NOT NULL DEFAULT 0,
  process_id       INTEGER REFERENCES process (id),
  seed             INTEGER NOT NULL,
  dataset_id       TEXT    NOT NULL,
  data_hash        TEXT,
  engine_version   TEXT    NOT NULL DEFAULT '',
  kernel           TEXT,
  parameters       INTEGER,
  weights_hash     TEXT,
  steps_per_epoch  INTEGER,
  step             INTEGER NOT NULL DEFAULT 0,
  total_steps      INTEGER NOT NULL DEFAULT 0,
  epoch            REAL    NOT NULL DEFAULT 0,
  total_epochs     INTEGER NOT NULL,
  samples          INTEGER NOT NULL DEFAULT 0,
  next_sequence    INTEGER NOT NULL DEFAULT 0,
  points           INTEGER NOT NULL DEFAULT 0,
  change           INTEGER NOT NULL DEFAULT 0,
  hyperparameters  TEXT    NOT NULL,
  metrics          TEXT    NOT NULL DEFAULT '{}',
  sparkline_metric TEXT,
  sparkline_seen   INTEGER NOT NULL DEFAULT 0,
  sparkline        BLOB    NOT NULL DEFAULT x''
) STRICT`

const CREATE_RUN_CHANGE = `CREATE INDEX run_change ON run (change)`

const CREATE_RUN_UNENDED = `
CREATE INDEX run_unended ON run (status) WHERE status IN ('queued', 'running', 'paused')`

const CREATE_RUN_SPEC = `
CREATE TABLE run_spec (
  run_id TEXT PRIMARY KEY REFERENCES run (id),
  spec   TEXT NOT NULL
) STRICT`

const CREATE_HYPERPARAMETER = `
CREATE TABLE hyperparameter (
  run_id   TEXT    NOT NULL REFERENCES run (id),
  position INTEGER NOT NULL,
  path     TEXT    NOT NULL,
  kind     TEXT    NOT NULL CHECK (kind IN ('number', 'text', 'boolean', 'null')),
  number   REAL,
  text     TEXT,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID`

const CREATE_HYPERPARAMETER_PATH = `CREATE INDEX hyperparameter_path ON hyperparameter (path, number, text)`

const CREATE_RUN_TAG = `
CREATE TABLE run_tag (
  run_id   TEXT    NOT NULL REFERENCES run (id),
  tag      TEXT    NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (run_id, tag)
) STRICT, WITHOUT ROWID`

const CREATE_EVENT = `
CREATE TABLE event (
  id      INTEGER PRIMARY KEY,
  run_id  TEXT    NOT NULL REFERENCES run (id),
  at      INTEGER NOT NULL,
  kind    TEXT    NOT NULL,
  step    INTEGER,
  message TEXT    NOT NULL
) STRICT`

const CREATE_EVENT_RUN = `CREATE INDEX event_run ON event (run_id)`

const CREATE_STEP_CHUNK = `
CREATE TABLE step_chunk (
  run_id     TEXT    NOT NULL REFERENCES run (id),
  sequence   INTEGER NOT NULL,
  metric     TEXT    NOT NULL,
  first_step INTEGER NOT NULL,
  stride     INTEGER NOT NULL,
  count      INTEGER NOT NULL,
  crc32      INTEGER NOT NULL,
  data       BLOB    NOT NULL,
  PRIMARY KEY (run_id, sequence, metric)
) STRICT`

const CREATE_EPOCH = `
CREATE TABLE epoch (
  run_id     TEXT    NOT NULL REFERENCES run (id),
  epoch      INTEGER NOT NULL,
  step       INTEGER NOT NULL,
  elapsed_ms REAL    NOT NULL,
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID`

const CREATE_EPOCH_METRIC = `
CREATE TABLE epoch_metric (
  run_id TEXT    NOT NULL,
  epoch  INTEGER NOT NULL,
  metric TEXT    NOT NULL,
  kind   TEXT    NOT NULL CHECK (kind IN ('finite', 'nan', 'inf', '-inf', '-0')),
  value  REAL,
  PRIMARY KEY (run_id, epoch, metric),
  FOREIGN KEY (run_id, epoch) REFERENCES epoch (run_id, epoch),
  CHECK ((value IS NULL) = (kind IN ('nan', 'inf', '-inf')))
) STRICT, WITHOUT ROWID`

const CREATE_FINAL_METRIC = `
CREATE TABLE final_metric (
  run_id TEXT NOT NULL REFERENCES run (id),
  metric TEXT NOT NULL,
  kind   TEXT NOT NULL CHECK (kind IN ('finite', 'nan', 'inf', '-inf', '-0')),
  value  REAL,
  PRIMARY KEY (run_id, metric),
  CHECK ((value IS NULL) = (kind IN ('nan', 'inf', '-inf')))
) STRICT, WITHOUT ROWID`

const CREATE_INSPECTION = `
CREATE TABLE inspection (
  run_id TEXT    NOT NULL REFERENCES run (id),
  epoch  INTEGER NOT NULL,
  step   INTEGER NOT NULL,
  part   TEXT    NOT NULL,
  kind   TEXT    NOT NULL,
  header TEXT    NOT NULL,
  crc32  INTEGER NOT NULL,
  data   BLOB    NOT NULL,
  PRIMARY KEY (run_id, epoch)
) STRICT`

const CREATE_CHECKPOINT = `
CREATE TABLE checkpoint (
  run_id    TEXT    PRIMARY KEY REFERENCES run (id),
  epoch     INTEGER NOT NULL,
  step      INTEGER NOT NULL,
  precision TEXT    NOT NULL CHECK (precision IN ('float64', 'float32')),
  crc32     INTEGER NOT NULL,
  weights   BLOB    NOT NULL,
  biases    BLOB    NOT NULL
) STRICT`

const CREATE_SETTING = `
CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT`

export const INITIAL: Migration = {
  version: 1,
  statements: [
    CREATE_PROCESS,
    CREATE_RUN,
    CREATE_RUN_CHANGE,
    CREATE_RUN_UNENDED,
    CREATE_RUN_SPEC,
    CREATE_HYPERPARAMETER,
    CREATE_HYPERPARAMETER_PATH,
    CREATE_RUN_TAG,
    CREATE_EVENT,
    CREATE_EVENT_RUN,
    CREATE_STEP_CHUNK,
    CREATE_EPOCH,
    CREATE_EPOCH_METRIC,
    CREATE_FINAL_METRIC,
    CREATE_INSPECTION,
    CREATE_CHECKPOINT,
    CREATE_SETTING,
  ],
}
