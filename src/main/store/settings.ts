import type { Database } from 'better-sqlite3'
import type { Settings } from '../../shared/contract/system.ts'
import { readJson } from './json-columns.ts'

const initial: Settings = { parallel: 1, gpu: false, dataFolders: {} }

export function settings(database: Database) {
  const all = database.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings')
  const set = database.prepare<[string, string]>(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  return {
    /** Those that were never changed are as in a new workspace. */
    get(): Settings {
      const changed = all
        .all()
        .map(({ name, value }) => [name, readJson(value, { table: 'settings', column: 'value', row: name })])
      return { ...initial, ...(Object.fromEntries(changed) as Partial<Settings>) }
    },
    set<Name extends keyof Settings>(name: Name, value: Settings[Name]): void {
      set.run(name, JSON.stringify(value))
    },
  }
}
