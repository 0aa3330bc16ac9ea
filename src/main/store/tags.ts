import type { Database } from 'better-sqlite3'

export function tags(database: Database) {
  const add = database.prepare<[string, string]>('INSERT OR IGNORE INTO tags (run_id, tag) VALUES (?, ?)')
  const remove = database.prepare<[string, string]>('DELETE FROM tags WHERE run_id = ? AND tag = ?')
  return {
    add: (runId: string, tag: string): void => void add.run(runId, tag),
    remove: (runId: string, tag: string): void => void remove.run(runId, tag),
  }
}
