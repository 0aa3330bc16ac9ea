import type { Database } from 'better-sqlite3'

/** Something that was written out of the workspace for a run. */
export interface ArtifactRow {
  runId: string | null
  kind: string
  path: string
  createdAt: number
}

export function artifacts(database: Database) {
  const add = database.prepare(
    'INSERT INTO artifacts (run_id, kind, path, created_at) VALUES (@runId, @kind, @path, @createdAt)',
  )
  return {
    add: (row: ArtifactRow): void => void add.run(row),
  }
}
