/** What the workspace remembers for whoever opens it; `value` is JSON. */
export const settings = `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`
