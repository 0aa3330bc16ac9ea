/** Results of other programs, each of one seed. They are no runs: nothing else refers to them. */
export const imports = `
CREATE TABLE imports (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  experiment TEXT,
  regime TEXT,
  seed INTEGER NOT NULL,
  format TEXT NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  imported_at INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_import_a_seed ON imports (coalesce(experiment, ''), name, seed);
`
