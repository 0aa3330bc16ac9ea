import type { Database } from 'better-sqlite3'
import type { SplitMetrics } from '../../shared/runs/runs.ts'
import { readJson } from './json-columns.ts'

/** An evaluation belongs to the last phase of a run, so runs that end in the same phase share it. */
export interface EvaluationRow {
  phaseId: string
  /** Relative to the workspace. */
  file: string
  sha256: string
  metrics: SplitMetrics
  createdAt: number
}

export function evaluations(database: Database) {
  const put = database.prepare(
    `INSERT OR REPLACE INTO evaluations (phase_id, file, sha256, metrics, created_at)
     VALUES (@phaseId, @file, @sha256, @metrics, @createdAt)`,
  )
  const get = database.prepare<[string], Omit<EvaluationRow, 'metrics'> & { metrics: string }>(
    `SELECT phase_id AS phaseId, file, sha256, metrics, created_at AS createdAt FROM evaluations WHERE phase_id = ?`,
  )
  const fileOf = database.prepare<[string], Pick<EvaluationRow, 'file' | 'sha256'>>(
    `SELECT file, sha256 FROM evaluations WHERE phase_id =
       (SELECT phase_id FROM run_phases WHERE run_id = ? ORDER BY position DESC LIMIT 1)`,
  )
  const remove = database.prepare<[string]>('DELETE FROM evaluations WHERE phase_id = ?')
  return {
    put: (row: EvaluationRow): void => void put.run({ ...row, metrics: JSON.stringify(row.metrics) }),
    get(phaseId: string): EvaluationRow | null {
      const raw = get.get(phaseId)
      if (raw === undefined) return null
      const place = { table: 'evaluations', column: 'metrics', row: phaseId } as const
      return { ...raw, metrics: readJson(raw.metrics, place) }
    },
    /** Where the evaluation of a run is, without reading what it says; null while there is none. */
    fileOf: (runId: string): Pick<EvaluationRow, 'file' | 'sha256'> | null => fileOf.get(runId) ?? null,
    remove: (phaseId: string): void => void remove.run(phaseId),
  }
}
