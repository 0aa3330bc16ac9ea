/** What is read again while other programs write it, with the request that it was imported by. */
export const importFollows = `
CREATE TABLE import_follows (
  id INTEGER PRIMARY KEY,
  input TEXT NOT NULL,
  problem TEXT
) STRICT;
ALTER TABLE imports ADD COLUMN follow_id INTEGER REFERENCES import_follows (id) ON DELETE SET NULL;
`
