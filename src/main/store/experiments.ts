import type { Database } from 'better-sqlite3'
import type { ExperimentFile } from '../../contract/experiment/experiment.ts'
import { readJson } from './json-columns.ts'

export interface ExperimentRow {
  id: string
  name: string
  /** Fully resolved, every default filled in. */
  file: ExperimentFile
  source: string | null
  dataPath: string
  /** Estimated memory for training, in bytes; null for experiments from earlier versions. */
  memoryBytes: number | null
  createdAt: number
}

interface Raw {
  id: string
  name: string
  file: string
  source: string | null
  data_path: string
  memory_bytes: number | null
  created_at: number
}

/** Whether an experiment is a sweep, several series of one regime (src/readings/read-on.ts). */
export const isSweep = `EXISTS (SELECT 1 FROM series AS its WHERE its.experiment_id = experiments.id GROUP BY its.regime HAVING count(*) > 1)`

export function experiments(database: Database) {
  const insert = database.prepare<[Raw]>(
    `INSERT INTO experiments (id, name, file, source, data_path, memory_bytes, created_at)
     VALUES (@id, @name, @file, @source, @data_path, @memory_bytes, @created_at)`,
  )
  const get = database.prepare<[string], Raw>('SELECT * FROM experiments WHERE id = ?')
  const all = database.prepare<[], Raw>('SELECT * FROM experiments ORDER BY created_at DESC, id')
  const name = database.prepare<[string], string>('SELECT name FROM experiments WHERE id = ?').pluck()
  const list = database.prepare<[], Pick<ExperimentRow, 'id' | 'name' | 'createdAt'>>(
    'SELECT id, name, created_at AS createdAt FROM experiments ORDER BY created_at DESC, id',
  )
  const find = database.prepare<[string, string], string>(
    `SELECT id FROM experiments WHERE name = ? OR id LIKE ? || '%' ORDER BY created_at DESC, id`,
  )
  const testOpenedAt = database
    .prepare<[string], number | null>('SELECT test_opened_at FROM experiments WHERE id = ?')
    .pluck()
  const isTestClosed = database
    .prepare<[string], number>(`SELECT test_opened_at IS NULL AND ${isSweep} FROM experiments WHERE id = ?`)
    .pluck()
  const openTest = database.prepare<[number, string]>(
    'UPDATE experiments SET test_opened_at = ? WHERE id = ? AND test_opened_at IS NULL',
  )
  const setDataPath = database.prepare<[string, string]>('UPDATE experiments SET data_path = ? WHERE id = ?')
  const setTokenizer = database.prepare<[string, string]>(
    `UPDATE experiments SET file = json_set(file, '$.data.tokenizer', ?) WHERE id = ?`,
  )
  const setProbes = database.prepare<[string, string]>(
    `UPDATE experiments SET file = json_set(file, '$.probes', json(?)) WHERE id = ?`,
  )
  const removeUnused = database.prepare(
    'DELETE FROM experiments WHERE NOT EXISTS (SELECT 1 FROM runs WHERE experiment_id = experiments.id)',
  )
  return {
    insert(row: ExperimentRow): void {
      insert.run({
        id: row.id,
        name: row.name,
        file: JSON.stringify(row.file),
        source: row.source,
        data_path: row.dataPath,
        memory_bytes: row.memoryBytes,
        created_at: row.createdAt,
      })
    },
    get: (id: string): ExperimentRow | null => read(get.get(id)),
    /** Name; readable even if other columns are damaged. */
    nameOf: (id: string): string => name.get(id)!,
    /** Newest first, without what their authors wrote. */
    list: (): Pick<ExperimentRow, 'id' | 'name' | 'createdAt'>[] => list.all(),
    /** Newest first. */
    all: (): ExperimentRow[] => all.all().map((raw) => read(raw)!),
    /** Ids of experiments with that name or id prefix, newest first. */
    find: (reference: string): string[] => find.pluck().all(reference, asIdBeginning(reference)),
    /** When the test values of all of its series were opened; null: they were not. */
    testOpenedAt: (id: string): number | null => testOpenedAt.get(id) ?? null,
    /** Whether it is a sweep whose test values were not opened. */
    isTestClosed: (id: string): boolean => isTestClosed.get(id) === 1,
    /** Once opened they stay so. */
    openTest: (id: string, at: number): void => void openTest.run(at, id),
    setDataPath: (id: string, path: string): void => void setDataPath.run(path, id),
    setTokenizer: (id: string, file: string): void => void setTokenizer.run(file, id),
    /** Probes for phases that are still to be trained. */
    setProbes: (id: string, probes: ExperimentFile['probes']): void => void setProbes.run(JSON.stringify(probes), id),
    removeUnused: (): void => void removeUnused.run(),
  }
}

function read(raw: Raw | undefined): ExperimentRow | null {
  if (raw === undefined) return null
  const place = { table: 'experiments', row: raw.id } as const
  return {
    id: raw.id,
    name: raw.name,
    file: readJson(raw.file, { ...place, column: 'file' }),
    source: raw.source,
    dataPath: raw.data_path,
    memoryBytes: raw.memory_bytes,
    createdAt: raw.created_at,
  }
}

/** A text as the beginning of an id, for LIKE: ids are hexadecimal, so one with a wildcard, or none, begins no id. */
export function asIdBeginning(text: string): string {
  return /^[0-9a-z]+$/.test(text) ? text : '\u0000'
}
