/** Searches for the best series of an experiment: what was asked, and what was decided. All they train are runs. */
export const searches = `
CREATE TABLE searches (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  experiment_id TEXT NOT NULL,
  file TEXT NOT NULL,
  source TEXT,
  folder TEXT,
  budget REAL NOT NULL,
  hours REAL NOT NULL,
  rule TEXT,
  status TEXT NOT NULL,
  error TEXT,
  record TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
`
