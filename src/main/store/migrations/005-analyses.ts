/**
 * What was asked about trained runs. An analysis belongs to the last phases of its runs, as an evaluation does; `run_id` is the run
 * that was asked about. `parameters` is JSON, resolved; `sha256` is that of result.json, once there is one.
 */
export const analyses = `
CREATE TABLE analyses (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  parameters TEXT NOT NULL,
  position INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'paused', 'done', 'failed')),
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  error TEXT,
  sha256 TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX analyses_by_position ON analyses (position);

CREATE TABLE analysis_phases (
  analysis_id TEXT NOT NULL REFERENCES analyses (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  phase_id TEXT NOT NULL REFERENCES phases (id) ON DELETE CASCADE,
  run_id TEXT REFERENCES runs (id) ON DELETE SET NULL,
  PRIMARY KEY (analysis_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX analysis_phases_by_phase ON analysis_phases (phase_id);
CREATE INDEX analysis_phases_by_run ON analysis_phases (run_id);
`
