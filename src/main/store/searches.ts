import type { Database } from 'better-sqlite3'
import type { ExperimentFile } from '../../contract/experiment/experiment.ts'
import type { SearchRecord, SearchStatus } from '../../shared/runs/search-record.ts'
import { readJson } from './json-columns.ts'

export interface SearchRow {
  id: string
  /** Of its experiment. */
  name: string
  /** Of the experiment of its file, which is its last rung. */
  experimentId: string
  file: ExperimentFile
  source: string | null
  /** Folder of relative paths. */
  folder: string | null
  /** Fraction of the backbone's cost. */
  budget: number
  hours: number
  /** Exit rule; null: that of the task. */
  rule: string | null
  status: SearchStatus
  error: string | null
  record: SearchRecord
  createdAt: number
  finishedAt: number | null
}

type Raw = Omit<SearchRow, 'file' | 'record'> & { file: string; record: string }

const columns = `id, name, experiment_id AS experimentId, file, source, folder, budget, hours, rule, status, error, record,
  created_at AS createdAt, finished_at AS finishedAt`

/** Searches for the best series of an experiment. */
export function searches(database: Database) {
  const put = database.prepare<[Raw]>(
    `INSERT OR REPLACE INTO searches (id, name, experiment_id, file, source, folder, budget, hours, rule, status, error, record, created_at, finished_at)
     VALUES (@id, @name, @experimentId, @file, @source, @folder, @budget, @hours, @rule, @status, @error, @record, @createdAt, @finishedAt)`,
  )
  const get = database.prepare<[string], Raw>(`SELECT ${columns} FROM searches WHERE id = ?`)
  const all = database.prepare<[], Raw>(`SELECT ${columns} FROM searches ORDER BY created_at DESC, id`)
  const ids = database.prepare<[SearchStatus], string>('SELECT id FROM searches WHERE status = ?').pluck()
  const remove = database.prepare<[string]>('DELETE FROM searches WHERE id = ?')
  return {
    /** Adds a search, or replaces what is known of it. */
    put: (row: SearchRow): void =>
      void put.run({ ...row, file: JSON.stringify(row.file), record: JSON.stringify(row.record) }),
    get: (id: string): SearchRow | null => {
      const found = get.get(id)
      return found === undefined ? null : read(found)
    },
    /** The newest first. */
    all: (): SearchRow[] => all.all().map(read),
    /** Ids of the searches with a status. */
    withStatus: (status: SearchStatus): string[] => ids.all(status),
    remove: (id: string): void => void remove.run(id),
  }
}

function read({ file, record, ...row }: Raw): SearchRow {
  const place = { table: 'searches', row: row.id } as const
  return {
    ...row,
    file: readJson(file, { ...place, column: 'file' }),
    record: readJson(record, { ...place, column: 'record' }),
  }
}
