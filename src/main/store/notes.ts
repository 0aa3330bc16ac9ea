import type { Database } from 'better-sqlite3'

export function notes(database: Database) {
  const put = database.prepare<[string, string, number]>(
    'INSERT OR REPLACE INTO notes (run_id, text, updated_at) VALUES (?, ?, ?)',
  )
  return { put: (runId: string, text: string, at: number): void => void put.run(runId, text, at) }
}
