import type { Database } from 'better-sqlite3'
import type { ErrorCode } from '../../shared/basics/error.ts'
import type { RunStatus } from '../../shared/runs/runs.ts'
import { asIdBeginning } from './experiments.ts'
import { isOpen } from './phases.ts'

export interface RunRow {
  id: string
  name: string
  experimentId: string
  seriesId: number
  regime: string
  seed: number
  status: RunStatus
  position: number
  error: string | null
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  deletedAt: number | null
}

export type NewRun = Omit<RunRow, 'regime'>

/** Why a run failed. */
export interface RunFailure {
  code: ErrorCode
  message: string
}

const columns = `id, name, experiment_id AS experimentId, series_id AS seriesId,
  (SELECT regime FROM series WHERE series.id = series_id) AS regime, seed, status, position, error,
  created_at AS createdAt, started_at AS startedAt, finished_at AS finishedAt, deleted_at AS deletedAt`

export function runs(database: Database) {
  const insert = database.prepare<[NewRun]>(
    `INSERT INTO runs (id, name, experiment_id, series_id, seed, status, position, error, created_at, started_at, finished_at, deleted_at)
     VALUES (@id, @name, @experimentId, @seriesId, @seed, @status, @position, @error, @createdAt, @startedAt, @finishedAt, @deletedAt)`,
  )
  const get = database.prepare<[string], RunRow>(`SELECT ${columns} FROM runs WHERE id = ?`)
  const ofExperiment = database.prepare<[string], RunRow>(
    `SELECT ${columns} FROM runs WHERE experiment_id = ? ORDER BY position`,
  )
  const withStatus = database.prepare<[string], RunRow>(
    `SELECT ${columns} FROM runs WHERE deleted_at IS NULL AND status IN (SELECT value FROM json_each(?)) ORDER BY position`,
  )
  const waitingBefore = database
    .prepare<[number], number>(
      `SELECT count(*) FROM runs WHERE deleted_at IS NULL AND status IN ('queued', 'running') AND position < ?`,
    )
    .pluck()
  // CASE: the cheaper question first, which nearly every run that waits answers with no.
  const complete = database.prepare<[], RunRow>(
    `SELECT ${columns} FROM runs WHERE deleted_at IS NULL AND status IN ('queued', 'running')
       AND CASE WHEN EXISTS (SELECT 1 FROM evaluations WHERE phase_id =
         (SELECT phase_id FROM run_phases WHERE run_id = runs.id ORDER BY position DESC LIMIT 1))
       THEN NOT EXISTS (SELECT 1 FROM run_phases JOIN phases ON phases.id = phase_id WHERE run_id = runs.id AND ${isOpen}) END
     ORDER BY position`,
  )
  const demand = database.prepare<[], { runs: number; memoryBytes: number | null }>(
    `SELECT count(*) AS runs, max(memory_bytes) AS memoryBytes FROM runs JOIN experiments ON experiments.id = experiment_id
     WHERE deleted_at IS NULL AND status IN ('queued', 'running')`,
  )
  const counts = database.prepare<[], { status: RunStatus; number: number }>(
    'SELECT status, count(*) AS number FROM runs WHERE deleted_at IS NULL GROUP BY status',
  )
  const find = database.prepare<[string, string], RunRow>(
    `SELECT ${columns} FROM runs WHERE name = ? OR id LIKE ? || '%' ORDER BY created_at DESC, position`,
  )
  const ofPhase = database.prepare<[string], RunRow>(
    `SELECT ${columns} FROM runs WHERE id IN (SELECT run_id FROM run_phases WHERE phase_id = ?) ORDER BY position`,
  )
  const lastPosition = database.prepare<[], number>('SELECT coalesce(max(position), 0) FROM runs').pluck()
  const setStatus = database.prepare<[RunStatus, string]>(
    'UPDATE runs SET status = ?, error = NULL, error_code = NULL, paused_with_all = 0 WHERE id = ?',
  )
  const finish = database.prepare(
    `UPDATE runs SET status = @status, error = @message, error_code = @code, paused_with_all = 0, finished_at = @at
     WHERE id = @id`,
  )
  const requeue = database.prepare<[string]>(
    `UPDATE runs SET status = 'queued', error = NULL, error_code = NULL, paused_with_all = 0, finished_at = NULL
     WHERE id = ?`,
  )
  const pauseWithAll = database.prepare<[string]>(`UPDATE runs SET status = 'paused', paused_with_all = 1 WHERE id = ?`)
  const pausedWithAll = database.prepare<[], RunRow>(
    `SELECT ${columns} FROM runs WHERE deleted_at IS NULL AND status = 'paused' AND paused_with_all ORDER BY position`,
  )
  const setStarted = database.prepare<[number, string]>(
    'UPDATE runs SET started_at = coalesce(started_at, ?), finished_at = NULL WHERE id = ?',
  )
  const setPosition = database.prepare<[number, string]>('UPDATE runs SET position = ? WHERE id = ?')
  const setDeleted = database.prepare<[number | null, string]>('UPDATE runs SET deleted_at = ? WHERE id = ?')
  const restore = database.prepare<[string]>(
    'UPDATE runs SET deleted_at = NULL WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at IS NOT NULL',
  )
  const remove = database.prepare<[string]>('DELETE FROM runs WHERE id = ?')
  return {
    insert: (row: NewRun): void => void insert.run(row),
    get: (id: string): RunRow | null => get.get(id) ?? null,
    ofExperiment: (experimentId: string): RunRow[] => ofExperiment.all(experimentId),
    /** Runs that are not deleted and have one of these states, in queue order. */
    withStatus: (...statuses: RunStatus[]): RunRow[] => withStatus.all(JSON.stringify(statuses)),
    /** Number of runs to be worked for that come before a position. */
    waitingBefore: (position: number): number => waitingBefore.get(position)!,
    /** Finished runs with all their files. */
    complete: (): RunRow[] => complete.all(),
    /** Number of runs to be worked for, and the memory of the largest training among them; null: unknown. */
    demand: () => demand.get()!,
    /** Number of runs that are not deleted, by state. */
    counts: (): Map<RunStatus, number> => new Map(counts.all().map(({ status, number }) => [status, number])),
    /** Runs with that name or id prefix. */
    find: (reference: string): RunRow[] => find.all(reference, asIdBeginning(reference)),
    ofPhase: (phaseId: string): RunRow[] => ofPhase.all(phaseId),
    lastPosition: (): number => lastPosition.get()!,
    setStatus: (id: string, status: RunStatus): void => void setStatus.run(status, id),
    /** It is done, or it failed. */
    finish: (id: string, at: number, failure?: RunFailure): void =>
      void finish.run({ id, at, status: failure ? 'failed' : 'done', code: null, message: null, ...failure }),
    /** It is queued again, as if it had not finished. */
    requeue: (id: string): void => void requeue.run(id),
    pauseWithAll: (id: string): void => void pauseWithAll.run(id),
    /** Runs that were paused with all others and have not been resumed, stopped or deleted since, in queue order. */
    pausedWithAll: (): RunRow[] => pausedWithAll.all(),
    setStarted: (id: string, at: number): void => void setStarted.run(at, id),
    setPosition: (id: string, position: number): void => void setPosition.run(position, id),
    setDeleted: (id: string, at: number | null): void => void setDeleted.run(at, id),
    /** Restores those that are deleted. */
    restore: (ids: readonly string[]): void => void restore.run(JSON.stringify(ids)),
    remove: (id: string): void => void remove.run(id),
  }
}
