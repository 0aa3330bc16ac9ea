import type { Database } from 'better-sqlite3'
import type { ErrorCode } from '../../shared/basics/error.ts'
import type { PhaseStatus, RunPhase, RunStatus, RunSummary } from '../../shared/runs/runs.ts'
import { primaryMetric, type OtherTask } from '../../shared/methods/task.ts'
import { isSweep } from './experiments.ts'
import { DamagedRowError, readJson } from './json-columns.ts'

interface RunRow {
  id: string
  name: string
  experiment: string
  experimentId: string
  isTestClosed: number
  regime: string
  series: string
  /** JSON of `RunSummary.settings`. */
  settings: string
  /** Null: classification. */
  task: OtherTask | null
  seed: number
  status: RunStatus
  pausedWithAll: number
  position: number
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  error: string | null
  errorCode: ErrorCode | null
  deletedAt: number | null
  tags: string | null
  note: string | null
}

interface PhaseRow {
  runId: string
  id: string
  name: string
  status: PhaseStatus
  epochs: number
  maxEpochs: number
  users: number
  /** JSON of `RunPhase.trainedFor`. */
  trainedFor: string | null
  /** JSON of `SplitMetrics`. */
  metrics: string | null
  /** JSON of `EpochGlance`. */
  latest: string | null
}

/** Of the runs that share a phase, only the one for which it is trained has the status running; the others wait for it. */
const trainedFor = `CASE phases.status WHEN 'running' THEN (
    SELECT json_object('id', runs.id, 'name', runs.name) FROM run_phases AS its JOIN runs ON runs.id = its.run_id
    WHERE its.phase_id = phases.id AND runs.status = 'running' AND runs.deleted_at IS NULL) END AS trainedFor`

/** Of the definition, which is damaged JSON at worst. */
const maxEpochs = `CASE WHEN json_valid(phases.definition) THEN json_extract(phases.definition, '$.training.epochs') ELSE 0 END AS maxEpochs`

/** As `isSweep`, looked up of all that are. */
const isAmongSweeps = `experiments.id IN (SELECT experiment_id FROM series GROUP BY experiment_id, regime HAVING count(*) > 1)`

/** Runs as lists show them, put together in two queries however many there are. */
export function summaries(database: Database) {
  const select = (
    swept: string,
  ) => `SELECT runs.id, runs.name, experiments.name AS experiment, runs.experiment_id AS experimentId,
      experiments.test_opened_at IS NULL AND ${swept} AS isTestClosed,
      series.regime, series.name AS series, series.settings, CASE WHEN json_valid(series.network) THEN json_extract(series.network, '$.task') END AS task, seed, status, paused_with_all AS pausedWithAll, position, runs.created_at AS createdAt, started_at AS startedAt, finished_at AS finishedAt,
      error, error_code AS errorCode, deleted_at AS deletedAt, notes.text AS note,
      (SELECT json_group_array(tag) FROM tags WHERE run_id = runs.id) AS tags
    FROM runs JOIN experiments ON experiments.id = runs.experiment_id JOIN series ON series.id = runs.series_id LEFT JOIN notes ON notes.run_id = runs.id`
  const selectPhases = `SELECT run_phases.run_id AS runId, phases.id, run_phases.name, phases.status, phases.epochs, ${maxEpochs}, phases.latest,
      coalesce(users.count, 0) AS users, evaluations.metrics, ${trainedFor}
    FROM run_phases JOIN phases ON phases.id = run_phases.phase_id
    LEFT JOIN (SELECT phase_id, count(*) AS count FROM run_phases JOIN runs ON runs.id = run_id AND deleted_at IS NULL
          GROUP BY phase_id) AS users ON users.phase_id = phases.id
    LEFT JOIN evaluations ON evaluations.phase_id = phases.id`
  const all = database.prepare<[], RunRow>(`${select(isAmongSweeps)} ORDER BY position`)
  const allPhases = database.prepare<[], PhaseRow>(`${selectPhases} ORDER BY run_phases.run_id, run_phases.position`)
  const some = database.prepare<[string], RunRow>(
    `${select(isSweep)} WHERE runs.id IN (SELECT value FROM json_each(?)) ORDER BY position`,
  )
  const somePhases = database.prepare<[string], PhaseRow>(
    `SELECT run_phases.run_id AS runId, phases.id, run_phases.name, phases.status, phases.epochs, ${maxEpochs}, phases.latest,
      (SELECT count(*) FROM run_phases AS other JOIN runs ON runs.id = other.run_id AND deleted_at IS NULL
       WHERE other.phase_id = phases.id) AS users, evaluations.metrics, ${trainedFor}
     FROM run_phases JOIN phases ON phases.id = run_phases.phase_id
     LEFT JOIN evaluations ON evaluations.phase_id = phases.id
     WHERE run_phases.run_id IN (SELECT value FROM json_each(?)) ORDER BY run_phases.run_id, run_phases.position`,
  )
  return {
    /** In queue order, deleted ones included. */
    all: (): RunSummary[] => assemble(all.all(), allPhases.all()),
    of(ids: readonly string[]): RunSummary[] {
      const list = JSON.stringify(ids)
      return assemble(some.all(list), somePhases.all(list))
    },
  }
}

function assemble(runs: RunRow[], phases: PhaseRow[]): RunSummary[] {
  const chains = Map.groupBy(phases, (phase) => phase.runId)
  return runs.map((run) => {
    const chain = chains.get(run.id) ?? []
    const { deletedAt, tags, note, pausedWithAll, settings, task, isTestClosed, ...rest } = run
    return {
      ...rest,
      ...(task && { task }),
      pausedWithAll: pausedWithAll === 1,
      settings: settings === '{}' ? {} : (JSON.parse(settings) as RunSummary['settings']),
      phases: chain.map(link),
      tags: JSON.parse(tags ?? '[]') as string[],
      note: note ?? '',
      deleted: deletedAt !== null,
      ...numbersOf(chain, { task, isTestClosed: isTestClosed === 1 }),
    }
  })
}

function link({ id, name, status, epochs, maxEpochs, users, trainedFor }: PhaseRow): RunPhase {
  return {
    id,
    name,
    status,
    epochs,
    maxEpochs,
    shared: users > 1,
    trainedFor: JSON.parse(trainedFor ?? 'null') as RunPhase['trainedFor'],
  }
}

/** Damage is reported for the one run; the others are listed. */
function numbersOf(
  chain: readonly PhaseRow[],
  of: { task: OtherTask | null; isTestClosed: boolean },
): Pick<RunSummary, 'scores' | 'emptyClasses' | 'latest'> & Partial<RunSummary> {
  try {
    return { ...evaluatedOf(chain, of), latest: latestOf(chain) }
  } catch (error) {
    if (!(error instanceof DamagedRowError)) throw error
    return { scores: null, latest: null, error: error.message, errorCode: error.code }
  }
}

function evaluatedOf(
  chain: readonly PhaseRow[],
  { task, isTestClosed }: { task: OtherTask | null; isTestClosed: boolean },
): Pick<RunSummary, 'scores' | 'emptyClasses'> {
  const last = chain.at(-1)
  if (!last?.metrics) return { scores: null }
  const place = { table: 'evaluations', column: 'metrics', row: last.id } as const
  const { validation, test, emptyClasses } = readJson(last.metrics, place)
  const { name } = primaryMetric({ task: task ?? undefined })
  const [scores, testScores] = [validation[name], test[name]] as (number[] | undefined)[]
  if (scores === undefined || testScores === undefined) throw new DamagedRowError(place, `expected ${name}`)
  return {
    scores: { validation: scores, test: isTestClosed ? null : testScores },
    ...(emptyClasses && { emptyClasses }),
  }
}

/** Also null if the last epochs were trained in another workspace, whose metrics are not stored here. */
function latestOf(chain: readonly PhaseRow[]): RunSummary['latest'] {
  const last = chain.findLast(({ epochs }) => epochs > 0)
  if (!last?.latest) return null
  const epoch = chain.reduce((sum, { epochs }) => sum + epochs, 0)
  return { epoch, ...readJson(last.latest, { table: 'phases', column: 'latest', row: last.id }) }
}
