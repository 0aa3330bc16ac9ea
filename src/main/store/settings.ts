import type { Database } from 'better-sqlite3'
import { problemsInWords } from '../../shared/text/issue-words.ts'
import { initialSlurm } from '../../shared/phases/slurm-settings.ts'
import { type Settings, settings as settingsSchema } from '../../contract/system.ts'

const initial: Settings = {
  parallel: 'auto',
  device: 'cpu',
  executor: 'local',
  depot: null,
  slurm: initialSlurm,
  dataFolders: {},
}

export function settings(database: Database) {
  const all = database.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings')
  const set = database.prepare<[string, string]>(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  const changed = () =>
    all.all().flatMap(({ name, value }) => (isSetting(name) ? [{ name, ...parse(name, value) }] : []))
  return {
    /** A setting that was never changed, or whose row is damaged, has its default. */
    get(): Settings {
      const sound = changed().filter(({ problem }) => problem === null)
      return { ...initial, ...Object.fromEntries(sound.map(({ name, data }) => [name, data])) }
    },
    /** Damaged settings, as sentences. */
    damaged: (): string[] =>
      changed().flatMap(({ name, problem }) => (problem === null ? [] : [describeDamage(name, problem)])),
    set<Name extends keyof Settings>(name: Name, value: Settings[Name]): void {
      set.run(name, JSON.stringify(value))
    },
  }
}

const isSetting = (name: string): name is keyof Settings => name in initial

function parse(name: keyof Settings, text: string): { data: unknown; problem: string | null } {
  try {
    const { data, error } = settingsSchema.shape[name].safeParse(JSON.parse(text))
    return { data, problem: error ? problemsInWords(error, 'the value') : null }
  } catch {
    return { data: undefined, problem: 'it is not JSON' }
  }
}

function describeDamage(name: keyof Settings, problem: string): string {
  return (
    `The setting “${name}” of the store exitlab.db is damaged (${problem}). ` +
    `Its default ${JSON.stringify(initial[name])} is used.`
  )
}

export const damagedSettingRemedy = 'To repair it, change it in the settings of the workbench.'
