/** Times are milliseconds since 1970; `file`, `network`, `costs`, `identity`, `accuracies` are JSON. */
export const first = `
CREATE TABLE experiments (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  file TEXT NOT NULL,
  source TEXT,
  data_path TEXT NOT NULL,
  network TEXT NOT NULL,
  costs TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX experiments_by_name ON experiments (name, created_at);

CREATE TABLE phases (
  id TEXT PRIMARY KEY,
  identity TEXT NOT NULL,
  network_kind TEXT NOT NULL CHECK (network_kind IN ('backbone', 'multi-exit')),
  parent_id TEXT REFERENCES phases (id),
  status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'failed')),
  epochs INTEGER NOT NULL DEFAULT 0,
  ended TEXT CHECK (ended IN ('early-stopping', 'epoch-cap')),
  kept_epoch INTEGER,
  checkpoint_file TEXT,
  checkpoint_sha256 TEXT,
  error TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER
) STRICT;
CREATE INDEX phases_by_parent ON phases (parent_id);

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  experiment_id TEXT NOT NULL REFERENCES experiments (id),
  regime TEXT NOT NULL,
  seed INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'paused', 'stopped', 'done', 'failed')),
  position INTEGER NOT NULL,
  error TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  deleted_at INTEGER,
  UNIQUE (experiment_id, regime, seed)
) STRICT;
CREATE INDEX runs_by_position ON runs (position);
CREATE INDEX runs_by_name ON runs (name);

CREATE TABLE run_phases (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  phase_id TEXT NOT NULL REFERENCES phases (id),
  name TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_phases_by_phase ON run_phases (phase_id);

CREATE TABLE epochs (
  phase_id TEXT NOT NULL REFERENCES phases (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  learning_rate REAL NOT NULL,
  images_per_second REAL NOT NULL,
  seconds REAL NOT NULL,
  peak_memory_bytes INTEGER NOT NULL,
  improved INTEGER NOT NULL,
  epochs_without_improvement INTEGER NOT NULL,
  PRIMARY KEY (phase_id, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE epoch_metrics (
  phase_id TEXT NOT NULL REFERENCES phases (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation')),
  exit INTEGER NOT NULL,
  loss REAL NOT NULL,
  accuracy REAL NOT NULL,
  PRIMARY KEY (phase_id, epoch, split, exit)
) STRICT, WITHOUT ROWID;

CREATE TABLE step_samples (
  phase_id TEXT NOT NULL REFERENCES phases (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  batch INTEGER NOT NULL,
  images_per_second REAL NOT NULL,
  resident_bytes INTEGER NOT NULL,
  PRIMARY KEY (phase_id, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE evaluations (
  phase_id TEXT PRIMARY KEY REFERENCES phases (id) ON DELETE CASCADE,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  accuracies TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE artifacts (
  id INTEGER PRIMARY KEY,
  run_id TEXT REFERENCES runs (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX artifacts_by_run ON artifacts (run_id);

CREATE TABLE tags (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (run_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE log_lines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
  run_id TEXT REFERENCES runs (id) ON DELETE CASCADE,
  phase_id TEXT REFERENCES phases (id) ON DELETE CASCADE,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX log_lines_by_run ON log_lines (run_id, id);
CREATE INDEX log_lines_by_phase ON log_lines (phase_id, id);
`
