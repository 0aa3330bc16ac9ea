import type { Database } from 'better-sqlite3'
import type { PhaseIdentity, PhaseSpec } from '../../shared/phase.ts'
import type { PhaseStatus } from '../../shared/runs.ts'
import { readJson } from './json-columns.ts'

export interface PhaseRow {
  id: string
  identity: PhaseIdentity
  networkKind: PhaseSpec['network']
  parentId: string | null
  status: PhaseStatus
  epochs: number
  /** Mini-batches of an epoch; null where the phase has not begun, or an earlier version trained it. */
  batchesPerEpoch: number | null
  ended: 'early-stopping' | 'epoch-cap' | null
  keptEpoch: number | null
  /** The weights it hands on, once it is done; relative to the workspace. */
  checkpoint: { file: string; sha256: string } | null
  error: string | null
  startedAt: number | null
  finishedAt: number | null
}

/** A phase in its place in a run's chain. */
export type ChainPhase = PhaseRow & { name: string }

export type PhaseOutcome = Pick<PhaseRow, 'epochs' | 'ended' | 'keptEpoch' | 'checkpoint'>

interface Raw {
  id: string
  name: string
  identity: string
  network_kind: PhaseSpec['network']
  parent_id: string | null
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
const exitOfMetric = `CASE exit WHEN json_array_length(phases.identity, '$.network.exits') THEN 'final' ELSE exit END`

/** A phase that has no weights to hand on yet. */
export const isOpen = `(phases.status <> 'done' OR phases.checkpoint_file IS NULL)`

export function phases(database: Database) {
  const insert = database.prepare(
    `INSERT INTO phases (id, identity, network_kind, parent_id, created_at)
     VALUES (@id, @identity, @networkKind, @parentId, @createdAt) ON CONFLICT (id) DO NOTHING`,
  )
  const link = database.prepare<[string, number, string, string]>(
    'INSERT INTO run_phases (run_id, position, phase_id, name) VALUES (?, ?, ?, ?)',
  )
  const get = database.prepare<[string], Raw>(`SELECT phases.*, '' AS name FROM phases WHERE id = ?`)
  const all = database.prepare<[], Raw>(`SELECT phases.*, '' AS name FROM phases ORDER BY id`)
  const chain = database.prepare<[string], Raw>(
    `SELECT phases.*, run_phases.name FROM run_phases JOIN phases ON phases.id = run_phases.phase_id
     WHERE run_phases.run_id = ? ORDER BY run_phases.position`,
  )
  const running = database.prepare<[], string>(`SELECT id FROM phases WHERE status = 'running'`).pluck()
  const setStatus = database.prepare('UPDATE phases SET status = @status, error = @error WHERE id = @id')
  const setStarted = database.prepare(
    'UPDATE phases SET started_at = coalesce(started_at, @at), batches_per_epoch = @batchesPerEpoch WHERE id = @id',
  )
  const setEpochs = database.prepare(
    `UPDATE phases SET epochs = @epochs, latest = (
       SELECT json_object(
         'exits', json((SELECT json_group_array(json_object('exit', ${exitOfMetric}, 'accuracy', accuracy) ORDER BY exit)
           FROM epoch_metrics WHERE phase_id = @id AND split = 'validation' AND epoch = @epochs)),
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
  const unused = database.prepare<[], string>(
    `SELECT id FROM phases WHERE NOT EXISTS (SELECT 1 FROM run_phases WHERE phase_id = phases.id)
       AND NOT EXISTS (SELECT 1 FROM phases AS child WHERE child.parent_id = phases.id)`,
  )
  const remove = database.prepare<[string]>('DELETE FROM phases WHERE id = ?')
  return {
    /** Adds a phase unless it is known already. */
    ensure: (row: Pick<PhaseRow, 'id' | 'identity' | 'networkKind' | 'parentId'> & { createdAt: number }): void =>
      void insert.run({ ...row, identity: JSON.stringify(row.identity) }),
    link: (runId: string, position: number, phase: { id: string; name: string }): void =>
      void link.run(runId, position, phase.id, phase.name),
    get: (id: string): PhaseRow | null => read(get.get(id)),
    /** In the order of their ids. */
    all: (): PhaseRow[] => all.all().map((raw) => read(raw)!),
    /** A run's phases, first to last. */
    chain: (runId: string): ChainPhase[] => chain.all(runId).map((raw) => read(raw)!),
    running: (): string[] => running.all(),
    setStatus: (id: string, status: PhaseStatus, error: string | null = null): void =>
      void setStatus.run({ id, status, error }),
    setStarted: (id: string, started: { at: number; batchesPerEpoch: number }): void =>
      void setStarted.run({ id, ...started }),
    /** How many epochs it has completed; the metrics of the last one are in the store already. */
    setEpochs: (id: string, epochs: number): void => void setEpochs.run({ id, epochs }),
    finish: (id: string, { checkpoint, ...outcome }: PhaseOutcome, at: number): void =>
      void finish.run({ ...outcome, ...checkpoint, id, at }),
    /** Takes back that a phase is done, when its weights turn out to be damaged. */
    reopen: (id: string): void => void reopen.run(id),
    /** Phases that no run and no other phase needs. */
    unused: (): string[] => unused.pluck().all(),
    remove: (id: string): void => void remove.run(id),
  }
}

function read(raw: Raw | undefined): ChainPhase | null {
  if (raw === undefined) return null
  const { checkpoint_file: file, checkpoint_sha256: sha256 } = raw
  return {
    id: raw.id,
    name: raw.name,
    identity: readJson<PhaseIdentity>(raw.identity, { table: 'phases', column: 'identity', row: raw.id }),
    networkKind: raw.network_kind,
    parentId: raw.parent_id,
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
