import type { Database } from 'better-sqlite3'
import { type Settings, settings as settingsSchema } from '../../shared/contract/system.ts'
import { DamagedRowError, readJson } from './json-columns.ts'

const initial: Settings = { parallel: 1, gpu: false, dataFolders: {} }

const placeOf = (row: string) => ({ table: 'settings', column: 'value', row }) as const

export function settings(database: Database) {
  const all = database.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings')
  const set = database.prepare<[string, string]>(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  return {
    /** Those that were never changed are as in a new workspace. */
    get(): Settings {
      const changed = all.all().map(({ name, value }) => [name, readJson(value, placeOf(name))] as const)
      const { data, error } = settingsSchema.partial().safeParse(Object.fromEntries(changed))
      if (error) throw new DamagedRowError(placeOf(String(error.issues[0]!.path[0])), error.issues[0]!.message)
      return { ...initial, ...data }
    },
    set<Name extends keyof Settings>(name: Name, value: Settings[Name]): void {
      set.run(name, JSON.stringify(value))
    },
  }
}
