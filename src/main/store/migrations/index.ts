import { first } from './001-first.ts'
import { latestEpoch } from './002-latest-epoch.ts'
import { dominance } from './004-dominance.ts'
import { analyses } from './005-analyses.ts'
import { exitIds } from './006-exit-ids.ts'
import { phaseDefinitions } from './011-phase-definitions.ts'
import { series } from './012-series.ts'
import { metrics } from './013-metrics.ts'
import { imports } from './016-imports.ts'
import { searches } from './020-searches.ts'

/** Step 3: Settings of the workspace; `value` is JSON. */
const settings = `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`

/** Step 7: Mini-batches of an epoch of a phase, as its trainer says; null for phases that an earlier version trained. */
const batchesPerEpoch = `
ALTER TABLE phases ADD COLUMN batches_per_epoch INTEGER;
`

/** Step 8: Work paused by `pause --all` is resumed by `resume --all`, also after a restart. */
const pausedWithAll = `
ALTER TABLE runs ADD COLUMN paused_with_all INTEGER NOT NULL DEFAULT 0;
ALTER TABLE analyses ADD COLUMN paused_with_all INTEGER NOT NULL DEFAULT 0;
`

/** Step 9: Error code of a failed run, if known. */
const errorCode = `
ALTER TABLE runs ADD COLUMN error_code TEXT;
`

/** Step 10: Estimated memory for training an experiment, in bytes; null for experiments from earlier versions. */
const memoryBytes = `
ALTER TABLE experiments ADD COLUMN memory_bytes INTEGER;
`

/** Step 14: Measured latency of networks; machines with another processor or number of threads have rows of their own. */
const latencies = `
CREATE TABLE latencies (
  network TEXT NOT NULL,
  machine TEXT NOT NULL,
  measured_at INTEGER NOT NULL,
  batches TEXT NOT NULL,
  PRIMARY KEY (network, machine)
) STRICT, WITHOUT ROWID;
`

/** Step 15: Bytes of the events of a phase in a depot that are recorded here. */
const eventsRead = `
ALTER TABLE phases ADD COLUMN events_read INTEGER NOT NULL DEFAULT 0;
`

/** Step 17: What comparisons read of evaluations: a few kilobytes each, where their files take megabytes to gigabytes. */
const evaluationSummaries = `
CREATE TABLE evaluation_summaries (
  phase_id TEXT NOT NULL REFERENCES evaluations (phase_id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  splits TEXT NOT NULL,
  PRIMARY KEY (phase_id, question)
) STRICT, WITHOUT ROWID;
`

/** Step 18: What trains is named: `gpu` was true or false, for the first card or the processor. */
const device = `
INSERT INTO settings (name, value)
  SELECT 'device', iif(value = 'true', '"cuda"', '"cpu"') FROM settings WHERE name = 'gpu';
DELETE FROM settings WHERE name = 'gpu';
`

/** Step 19: The depot is no longer that of Slurm alone. A damaged setting is left to be told. */
const depot = `
INSERT INTO settings (name, value)
  SELECT 'depot', json_quote(json_extract(value, '$.depot')) FROM settings
  WHERE name = 'slurm' AND CASE WHEN json_valid(value) THEN json_type(value, '$.depot') = 'text' END;
`

/** Step 21: What is read again while other programs write it, with the request that it was imported by. */
const importFollows = `
CREATE TABLE import_follows (
  id INTEGER PRIMARY KEY,
  input TEXT NOT NULL,
  problem TEXT
) STRICT;
ALTER TABLE imports ADD COLUMN follow_id INTEGER REFERENCES import_follows (id) ON DELETE SET NULL;
`

/** Step 22: When the test values of all series of a sweep were opened. */
const testOpened = `
ALTER TABLE experiments ADD COLUMN test_opened_at INTEGER;
`

/** Step 23: The rule by which the costs of a series are counted: rule 1 differed for networks of files alone. */
const counting = `
ALTER TABLE series ADD COLUMN counting INTEGER NOT NULL DEFAULT 1;
UPDATE series SET counting = 2 WHERE network NOT LIKE '%"family":"onnx"%';
`

/**
 * Steps from an empty store to the present one, in order; a store's version is how many it has taken. Never change one that was released.
 * Long ones have files of their own, under their numbers.
 */
export const migrations: readonly string[] = [
  first,
  latestEpoch,
  settings,
  dominance,
  analyses,
  exitIds,
  batchesPerEpoch,
  pausedWithAll,
  errorCode,
  memoryBytes,
  phaseDefinitions,
  series,
  metrics,
  latencies,
  eventsRead,
  imports,
  evaluationSummaries,
  device,
  depot,
  searches,
  importFollows,
  testOpened,
  counting,
]
