/**
 * A series is a regime under one choice of the settings that its experiment sweeps; runs differ within it by their seed. Until now
 * nothing was swept: one series a regime. The table of runs is made anew, as its constraint knew one series a regime only.
 */
export const series = `
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  experiment_id TEXT NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  regime TEXT NOT NULL,
  settings TEXT NOT NULL,
  name TEXT NOT NULL,
  network TEXT NOT NULL,
  costs TEXT NOT NULL,
  UNIQUE (experiment_id, regime, settings)
) STRICT;
INSERT INTO series (experiment_id, regime, settings, name, network, costs)
  SELECT experiment_id, regime, '{}', regime, network, costs
  FROM runs JOIN experiments ON experiments.id = experiment_id GROUP BY experiment_id, regime ORDER BY min(position);

CREATE TABLE new_runs (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  experiment_id TEXT NOT NULL REFERENCES experiments (id),
  series_id INTEGER NOT NULL REFERENCES series (id),
  seed INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'paused', 'stopped', 'done', 'failed')),
  position INTEGER NOT NULL,
  error TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  deleted_at INTEGER,
  paused_with_all INTEGER NOT NULL DEFAULT 0,
  error_code TEXT,
  UNIQUE (series_id, seed)
) STRICT;
INSERT INTO new_runs SELECT runs.id, runs.name, runs.experiment_id, series.id, seed, status, position, error, created_at, started_at,
    finished_at, deleted_at, paused_with_all, error_code
  FROM runs JOIN series ON series.experiment_id = runs.experiment_id AND series.regime = runs.regime;
DROP TABLE runs;
ALTER TABLE new_runs RENAME TO runs;
CREATE INDEX runs_by_position ON runs (position);
CREATE INDEX runs_by_name ON runs (name);
CREATE INDEX runs_by_experiment ON runs (experiment_id);

ALTER TABLE experiments DROP COLUMN network;
ALTER TABLE experiments DROP COLUMN costs;
`
