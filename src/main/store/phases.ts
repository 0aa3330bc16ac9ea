import type { Database } from 'better-sqlite3'
import { parentOf, type PhaseDefinition } from '../../contract/experiment/phase-definition.ts'
import type { PhaseStatus } from '../../shared/runs/runs.ts'
import { primaryMetric, tasks } from '../../shared/methods/task.ts'
import { readJson } from './json-columns.ts'

export interface PhaseRow {
  id: string
  /** Name in the run whose chain was requested. */
  definition: PhaseDefinition
  status: PhaseStatus
  epochs: number
  /** Mini-batches of an epoch; null where the phase has not begun, or an earlier version trained it. */
  batchesPerEpoch: number | null
  ended: 'early-stopping' | 'epoch-cap' | null
  keptEpoch: number | null
  /** Path of the best checkpoint when done; relative to the workspace. */
  checkpoint: { file: string; sha256: string } | null
  error: string | null
  startedAt: number | null
  finishedAt: number | null
}

interface Raw {
  id: string
  /** Null outside the chain of a run. */
  name: string | null
  definition: string
  status: PhaseStatus
  epochs: number
  batches_per_epoch: number | null
  ended: PhaseRow['ended']
  kept_epoch: number | null
  checkpoint_file: string | null
  checkpoint_sha256: string | null
  error: string | null
  started_at: number | null
  finished_at: number | null
}

/** The id of a metric's exit, which the store keeps as its place in the phase's network. */
const exitOfMetric = `CASE exit WHEN json_array_length(phases.definition, '$.network.exits') THEN 'final' ELSE exit END`

/** The primary metric of a phase's task. */
const primaryOfPhase = `CASE json_extract(phases.definition, '$.network.task')
  ${Object.entries(tasks)
    .map(([name, { primary }]) => `WHEN '${name}' THEN '${primary}'`)
    .join(' ')} ELSE '${primaryMetric({}).name}' END`

/** What a run that waits lacks of a phase. */
export interface LackingPhase {
  run: string
  phase: string
  /** Whether it has its weights, and lacks its evaluation alone. */
  isTrained: boolean
  /** Whether the run ends with it, and its evaluation is missing. */
  evaluate: boolean
}

/** A phase that is not finished. */
export const isOpen = `(phases.status <> 'done' OR phases.checkpoint_file IS NULL)`

export function phases(database: Database) {
  const insert = database.prepare(
    `INSERT INTO phases (id, definition, parent_id, created_at)
     VALUES (@id, @definition, @parent, @createdAt) ON CONFLICT (id) DO NOTHING`,
  )
  const setSource = database.prepare(
    `UPDATE phases SET definition = json_set(definition, '$.initial.source', @source) WHERE id = @id`,
  )
  const link = database.prepare<[string, number, string, string]>(
    'INSERT INTO run_phases (run_id, position, phase_id, name) VALUES (?, ?, ?, ?)',
  )
  const get = database.prepare<[string], Raw>(`SELECT phases.*, NULL AS name FROM phases WHERE id = ?`)
  const all = database.prepare<[], Raw>(`SELECT phases.*, NULL AS name FROM phases ORDER BY id`)
  const ids = database.prepare<[], string>('SELECT id FROM phases').pluck()
  const chain = database.prepare<[string], Raw>(
    `SELECT phases.*, run_phases.name FROM run_phases JOIN phases ON phases.id = run_phases.phase_id
     WHERE run_phases.run_id = ? ORDER BY run_phases.position`,
  )
  const last = database.prepare<[string], Raw>(
    `SELECT phases.*, run_phases.name FROM run_phases JOIN phases ON phases.id = run_phases.phase_id
     WHERE run_phases.run_id = ? ORDER BY run_phases.position DESC LIMIT 1`,
  )
  // CROSS: the few runs that wait first, not the phases of all runs.
  const lacking = database.prepare<[], Record<keyof LackingPhase, never>>(
    `SELECT * FROM (
       SELECT runs.id AS run, phases.id AS phase, NOT ${isOpen} AS isTrained,
         run_phases.position = (SELECT max(position) FROM run_phases AS all_phases WHERE all_phases.run_id = runs.id)
           AND NOT EXISTS (SELECT 1 FROM evaluations WHERE evaluations.phase_id = phases.id) AS evaluate
       FROM runs CROSS JOIN run_phases ON run_phases.run_id = runs.id JOIN phases ON phases.id = run_phases.phase_id
       WHERE runs.deleted_at IS NULL AND runs.status IN ('queued', 'running')
       ORDER BY runs.position, run_phases.position)
     WHERE evaluate OR NOT isTrained`,
  )
  const progress = database.prepare<[string], Pick<PhaseRow, 'status' | 'epochs'>>(
    'SELECT status, epochs FROM phases WHERE id = ?',
  )
  const running = database.prepare<[], string>(`SELECT id FROM phases WHERE status = 'running'`).pluck()
  const setStatus = database.prepare('UPDATE phases SET status = @status, error = @error WHERE id = @id')
  const setStarted = database.prepare(
    'UPDATE phases SET started_at = coalesce(started_at, @at), batches_per_epoch = @batchesPerEpoch WHERE id = @id',
  )
  const setEpochs = database.prepare(
    `UPDATE phases SET epochs = @epochs, latest = (
       SELECT json_object(
         'exits', json((SELECT json_group_array(json_object('exit', ${exitOfMetric}, 'value', value) ORDER BY exit)
           FROM epoch_metrics WHERE phase_id = @id AND split = 'validation' AND metric = ${primaryOfPhase} AND epoch = @epochs)),
         'imagesPerSecond', images_per_second)
       FROM epochs WHERE phase_id = @id AND epoch = @epochs)
     WHERE id = @id`,
  )
  const finish = database.prepare(
    `UPDATE phases SET status = 'done', error = NULL, epochs = @epochs, ended = @ended, kept_epoch = @keptEpoch,
       checkpoint_file = @file, checkpoint_sha256 = @sha256, finished_at = @at WHERE id = @id`,
  )
  const reopen = database.prepare<[string]>(
    `UPDATE phases SET status = 'queued', error = NULL, epochs = 0, latest = NULL, ended = NULL, kept_epoch = NULL,
       checkpoint_file = NULL, checkpoint_sha256 = NULL, finished_at = NULL WHERE id = ?`,
  )
  const eventsRead = database.prepare<[string], number>('SELECT events_read FROM phases WHERE id = ?').pluck()
  const setEventsRead = database.prepare<[number, string]>('UPDATE phases SET events_read = ? WHERE id = ?')
  const ofOtherVersion = database.prepare<{ path: string; sha256: string }, { phases: number; sha256: string | null }>(
    `SELECT count(*) AS phases, max(json_extract(definition, @path)) AS sha256 FROM phases
     WHERE json_extract(definition, @path) <> @sha256 AND checkpoint_file IS NOT NULL`,
  )
  const unused = database.prepare<[], string>(
    `SELECT id FROM phases WHERE NOT EXISTS (SELECT 1 FROM run_phases WHERE phase_id = phases.id)
       AND NOT EXISTS (SELECT 1 FROM phases AS child WHERE child.parent_id = phases.id)`,
  )
  const remove = database.prepare<[string]>('DELETE FROM phases WHERE id = ?')
  return {
    /** Adds a phase unless it is known already. */
    ensure: ({ id, definition, createdAt }: Pick<PhaseRow, 'id' | 'definition'> & { createdAt: number }): void =>
      void insert.run({ id, definition: JSON.stringify(definition), parent: parentOf(definition), createdAt }),
    /** Path of the file of weights that it starts from. */
    setSource: (id: string, source: string): void => void setSource.run({ id, source }),
    link: (runId: string, position: number, { id, definition }: Pick<PhaseRow, 'id' | 'definition'>): void =>
      void link.run(runId, position, id, definition.phase.name),
    get: (id: string): PhaseRow | null => read(get.get(id)),
    /** How far a phase is, without reading what it is. */
    progress: (id: string): Pick<PhaseRow, 'status' | 'epochs'> | null => progress.get(id) ?? null,
    /** In the order of their ids. */
    all: (): PhaseRow[] => all.all().map((raw) => read(raw)!),
    ids: (): string[] => ids.all(),
    /** Trained phases that used other content of a method of an extension, `kind:name`, and the hash of one of them; null where there are none. */
    ofOtherVersion: (method: string, sha256: string): { phases: number; sha256: string | null } =>
      ofOtherVersion.get({ path: `$.methods."${method}".sha256`, sha256 })!,
    /** A run's phases, first to last. */
    chain: (runId: string): PhaseRow[] => chain.all(runId).map((raw) => read(raw)!),
    /** The last phase of a run. */
    last: (runId: string): PhaseRow | null => read(last.get(runId)),
    /** What runs that wait lack, in queue order, first phases first; without reading what the phases are. */
    lacking: (): LackingPhase[] =>
      lacking.all().map((row) => ({ ...row, isTrained: Boolean(row.isTrained), evaluate: Boolean(row.evaluate) })),
    running: (): string[] => running.all(),
    setStatus: (id: string, status: PhaseStatus, error: string | null = null): void =>
      void setStatus.run({ id, status, error }),
    setStarted: (id: string, started: { at: number; batchesPerEpoch: number }): void =>
      void setStarted.run({ id, ...started }),
    /** Number of completed epochs; the metrics of the last one are already stored. */
    setEpochs: (id: string, epochs: number): void => void setEpochs.run({ id, epochs }),
    finish(
      id: string,
      { checkpoint, ...outcome }: Pick<PhaseRow, 'epochs' | 'ended' | 'keptEpoch' | 'checkpoint'>,
      at: number,
    ): void {
      finish.run({ ...outcome, ...checkpoint, id, at })
    },
    /** Takes back that a phase is done, when its weights turn out to be damaged. */
    reopen: (id: string): void => void reopen.run(id),
    /** Bytes of its events in a depot that are recorded. */
    eventsRead: (id: string): number => eventsRead.get(id) ?? 0,
    setEventsRead: (id: string, bytes: number): void => void setEventsRead.run(bytes, id),
    /** Phases that no run and no other phase needs. */
    unused: (): string[] => unused.pluck().all(),
    remove: (id: string): void => void remove.run(id),
  }
}

function read(raw: Raw | undefined): PhaseRow | null {
  if (raw === undefined) return null
  const { checkpoint_file: file, checkpoint_sha256: sha256 } = raw
  const stored = readJson(raw.definition, { table: 'phases', column: 'definition', row: raw.id })
  const phase = raw.name === null ? stored.phase : { ...stored.phase, name: raw.name }
  return {
    id: raw.id,
    definition: { ...stored, phase },
    status: raw.status,
    epochs: raw.epochs,
    batchesPerEpoch: raw.batches_per_epoch,
    ended: raw.ended,
    keptEpoch: raw.kept_epoch,
    checkpoint: file !== null && sha256 !== null ? { file, sha256 } : null,
    error: raw.error,
    startedAt: raw.started_at,
    finishedAt: raw.finished_at,
  }
}
