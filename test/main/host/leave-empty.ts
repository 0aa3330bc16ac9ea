import Database from 'better-sqlite3'
import { workspaceAt } from '../../../src/main/store/workspace.ts'

/** Adds classes without samples to what evaluations say of their data. */
export function leaveEmpty(workspace: string, emptyClasses: object): void {
  const database = new Database(workspaceAt(workspace).database)
  database
    .prepare(`UPDATE evaluations SET metrics = json_set(metrics, '$.emptyClasses', json(?))`)
    .run(JSON.stringify(emptyClasses))
  database.close()
}
