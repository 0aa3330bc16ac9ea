import type { Database } from 'better-sqlite3'
import type { AnalysedRun, AnalysisStatus } from '../../shared/evaluation/analysis.ts'
import { DamagedRowError, readJson } from './json-columns.ts'

export interface AnalysisRow {
  id: string
  kind: string
  /** Resolved. */
  parameters: Record<string, unknown>
  status: AnalysisStatus
  pausedWithAll: boolean
  /** Parts that are kept, and how many there will be; 0 of 0 before it has begun. */
  done: number
  total: number
  /** Time that was spent on it. */
  seconds: number
  error: string | null
  /** Of result.json, once there is one. */
  sha256: string | null
  createdAt: number
  /** The last phases of the analysed runs, in their order. */
  subjects: AnalysisSubject[]
}

/** A last phase, and a run that ends in it: the requested one if it exists, else the newest. */
export interface AnalysisSubject {
  phaseId: string
  run: AnalysedRun
}

export type AnalysisProgress = Pick<AnalysisRow, 'done' | 'total' | 'seconds'>

type NewAnalysis = Pick<AnalysisRow, 'id' | 'kind' | 'parameters' | 'createdAt'> & {
  /** Run and last phase of each analysed run. */
  subjects: readonly { phaseId: string; runId: string }[]
}

type Raw = Omit<AnalysisRow, 'parameters' | 'subjects' | 'pausedWithAll'> & {
  parameters: string
  subjects: string
  pausedWithAll: number
}

/** From run_phases joined with runs: runs that end in the phase of `analysis_phases`. */
const endingThere = `FROM run_phases AS last JOIN runs ON runs.id = last.run_id
  WHERE last.phase_id = analysis_phases.phase_id
    AND NOT EXISTS (SELECT 1 FROM run_phases AS later WHERE later.run_id = last.run_id AND later.position > last.position)`

const select = `SELECT id, kind, parameters, status, paused_with_all AS pausedWithAll, done, total, seconds, error, sha256, created_at AS createdAt, (
    SELECT json_group_array(json_object('phaseId', phase_id, 'run', json_object(
        'id', looked_at.id, 'name', looked_at.name, 'seed', looked_at.seed,
        'regime', series.regime, 'series', series.name))
      ORDER BY analysis_phases.position)
    FROM analysis_phases JOIN runs AS looked_at ON looked_at.id = coalesce(analysis_phases.run_id, (
      SELECT runs.id ${endingThere}
      ORDER BY runs.deleted_at IS NOT NULL, runs.created_at DESC, runs.position DESC LIMIT 1))
    JOIN series ON series.id = looked_at.series_id
    WHERE analysis_phases.analysis_id = analyses.id) AS subjects
  FROM analyses`

/** Whether each of its phases has a run of some sort that ends in it. */
const hasRuns = (sort: string) => `NOT EXISTS (SELECT 1 FROM analysis_phases
  WHERE analysis_id = analyses.id AND NOT EXISTS (SELECT 1 ${endingThere} AND ${sort}))`
const isWanted = hasRuns('runs.deleted_at IS NULL')

/** Requested analyses, in the order of computation. */
export function analyses(database: Database) {
  const insert = database.prepare(
    `INSERT INTO analyses (id, kind, parameters, position, created_at)
     VALUES (@id, @kind, @parameters, (SELECT coalesce(max(position), 0) + 1 FROM analyses), @createdAt)`,
  )
  const link = database.prepare(
    `INSERT OR REPLACE INTO analysis_phases (analysis_id, position, phase_id, run_id)
     VALUES (@id, @position, @phaseId, @runId)`,
  )
  const get = database.prepare<[string], Raw>(`${select} WHERE id = ?`)
  const find = database.prepare<[string], Raw>(`${select} WHERE id LIKE ? || '%' ORDER BY position`)
  const all = database.prepare<[], Raw>(`${select} ORDER BY position DESC`)
  const ofPhases = database.prepare<[string], Raw>(
    `${select} WHERE id IN (SELECT analysis_id FROM analysis_phases WHERE phase_id IN (SELECT value FROM json_each(?)))
     ORDER BY position DESC`,
  )
  const next = database.prepare<[], Raw>(`${select} WHERE status = 'queued' AND ${isWanted} ORDER BY position LIMIT 1`)
  const wanted = database.prepare<[string], 1>(
    `SELECT 1 FROM analyses WHERE id = ? AND status IN ('queued', 'running') AND ${isWanted}`,
  )
  const running = database.prepare<[], string>(`SELECT id FROM analyses WHERE status = 'running'`).pluck()
  const withoutRuns = database.prepare<[], string>(`SELECT id FROM analyses WHERE NOT ${hasRuns('TRUE')}`).pluck()
  const setStatus = database.prepare(
    'UPDATE analyses SET status = @status, error = @error, paused_with_all = 0 WHERE id = @id',
  )
  const pauseWithAll = database.prepare<[string]>(
    `UPDATE analyses SET status = 'paused', paused_with_all = 1 WHERE id = ?`,
  )
  const toGo = database.prepare<[], Raw>(`${select} WHERE status IN ('queued', 'running') ORDER BY position`)
  const pausedWithAll = database.prepare<[], Raw>(
    `${select} WHERE status = 'paused' AND paused_with_all ORDER BY position`,
  )
  const setProgress = database.prepare(
    'UPDATE analyses SET done = @done, total = @total, seconds = @seconds WHERE id = @id',
  )
  const finish = database.prepare(
    `UPDATE analyses SET status = 'done', error = NULL, sha256 = @sha256, seconds = @seconds, done = @done, total = @total
     WHERE id = @id`,
  )
  const reopen = database.prepare(
    `UPDATE analyses SET status = 'failed', error = @error, sha256 = NULL, done = 0, total = 0 WHERE id = @id`,
  )
  const remove = database.prepare<[string]>('DELETE FROM analyses WHERE id = ?')
  return {
    /** Adds one behind all others. To be called within a transaction. */
    insert({ subjects, parameters, ...row }: NewAnalysis): void {
      insert.run({ ...row, parameters: JSON.stringify(parameters) })
      subjects.forEach((subject, position) => link.run({ id: row.id, position, ...subject }))
    },
    get: (id: string): AnalysisRow | null => read(get.get(id)),
    /** Analyses whose ids start with a prefix. */
    find: (reference: string): AnalysisRow[] =>
      /^[0-9a-f]+$/.test(reference) ? find.all(reference).map((raw) => read(raw)!) : [],
    /** Newest first. */
    all: (): AnalysisRow[] => all.all().map((raw) => read(raw)!),
    /** Analyses of one of these phases, newest first. */
    ofPhases: (phaseIds: readonly string[]): AnalysisRow[] =>
      ofPhases.all(JSON.stringify(phaseIds)).map((raw) => read(raw)!),
    /** The first queued analysis whose runs are not all deleted. */
    next: (): AnalysisRow | null => read(next.get()),
    /** Whether it waits or is worked at, and is to be. */
    isWanted: (id: string): boolean => wanted.get(id) !== undefined,
    running: (): string[] => running.all(),
    /** Analyses with a phase in which no run ends any more. */
    withoutRuns: (): string[] => withoutRuns.all(),
    setStatus: (id: string, status: AnalysisStatus, error: string | null = null): void =>
      void setStatus.run({ id, status, error }),
    pauseWithAll: (id: string): void => void pauseWithAll.run(id),
    /** Queued and running analyses, in the order of computation. */
    toGo: (): AnalysisRow[] => toGo.all().map((raw) => read(raw)!),
    /** Analyses paused by `pause --all` and not resumed since. */
    pausedWithAll: (): AnalysisRow[] => pausedWithAll.all().map((raw) => read(raw)!),
    setProgress: (id: string, progress: AnalysisProgress): void => void setProgress.run({ id, ...progress }),
    finish: (id: string, result: AnalysisProgress & { sha256: string }): void => void finish.run({ id, ...result }),
    /** Takes back that it is done, when its result turns out to be damaged. */
    reopen: (id: string, error: string): void => void reopen.run({ id, error }),
    remove: (id: string): void => void remove.run(id),
  }
}

/** Damage is reported for the one analysis; the others are listed. */
function read(raw: Raw | undefined): AnalysisRow | null {
  if (raw === undefined) return null
  const { parameters, subjects, pausedWithAll, ...row } = raw
  const about = {
    ...row,
    pausedWithAll: pausedWithAll === 1,
    subjects: JSON.parse(subjects) as AnalysisSubject[],
  }
  try {
    return { ...about, parameters: readJson(parameters, { table: 'analyses', column: 'parameters', row: row.id }) }
  } catch (error) {
    if (!(error instanceof DamagedRowError)) throw error
    return { ...about, parameters: {}, status: 'failed', error: error.message }
  }
}
