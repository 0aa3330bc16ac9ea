import { byDepth, exitName } from '../../../shared/evaluation/exit-id.ts'
import type { HostEvent, Progress } from '../../../shared/phases/events.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import { sum } from '../../../shared/statistics/statistics.ts'
import type { EpochMetric, RunPhase, RunSummary } from '../../../shared/runs/runs.ts'

/** The task's primary metric of one exit on validation samples after the latest epoch. */
export interface ExitScore {
  /** `exit 0`, `final` */
  label: string
  value: number
}

/** Progress of a phase in training. */
export interface PhaseProgress {
  progress?: Progress
  scores: ExitScore[]
  imagesPerSecond?: number
}

/** State of the followed runs, updated by the host's events. */
export interface Tracker {
  /** In the order in which they are trained. */
  readonly runs: readonly RunSummary[]
  find(id: string): RunSummary | undefined
  phase(id: string): PhaseProgress
  /** The watched run that news of a phase is about: the one it is trained for, else another that shares the phase. */
  about(news: { run: string; phase: string }): RunSummary | undefined
  /** The phase a run trains now, or would train next. */
  current(run: RunSummary): RunPhase | undefined
  /** Takes an event in; whether it was about these runs. */
  apply(event: HostEvent): boolean
  /** Time until every run is done if each phase runs to its maximum of epochs, with as many runs at once as now; null while no epoch has been timed. */
  secondsLeftAtMost(): number | null
}

const finished = new Set<RunSummary['status']>(['done', 'failed', 'stopped'])

/** Whether the command is done with a run: finished, or deleted, so that it is not trained. */
export function isFinished({ status, deleted }: RunSummary): boolean {
  return deleted || finished.has(status)
}

export function trackRuns(followed: readonly RunSummary[]): Tracker {
  const runs = new Map<string, RunSummary>()
  let list: readonly RunSummary[] | null = null
  const ordered = () => (list ??= [...runs.values()])
  const order = (given: readonly RunSummary[]) => {
    runs.clear()
    for (const run of given.toSorted((a, b) => a.position - b.position)) runs.set(run.id, run)
  }
  const phases = new Map<string, PhaseProgress>()
  const epochSeconds = new Map<string, number>()
  const phase = (id: string): PhaseProgress => {
    const found = phases.get(id) ?? { scores: [] }
    phases.set(id, found)
    return found
  }
  const about: Tracker['about'] = ({ run, phase }) =>
    runs.get(run) ?? ordered().find(({ phases }) => phases.some(({ id }) => id === phase))
  const replace = (run: RunSummary): boolean => {
    const known = runs.get(run.id)
    if (known === undefined) return false
    runs.set(run.id, run)
    if (run.position !== known.position) order([...runs.values()])
    list = null
    return true
  }
  order(followed)
  return {
    get runs() {
      return ordered()
    },
    find: (id) => runs.get(id),
    phase,
    about,
    current: currentPhase,
    apply(event) {
      switch (event.type) {
        case 'run':
          return replace(event.run)
        case 'purged': {
          const run = runs.get(event.run)
          return run !== undefined && replace({ ...run, deleted: true })
        }
        case 'progress':
          if (about(event.progress) === undefined) return false
          Object.assign(phase(event.progress.phase), {
            progress: event.progress,
            imagesPerSecond: event.progress.imagesPerSecond,
          })
          return true
        case 'epoch': {
          const run = about(event)
          if (run === undefined) return false
          epochSeconds.set(paceOf(run, event.phase), event.record.seconds)
          const scores = scoresOf(event.metrics, run)
          Object.assign(phase(event.phase), { scores, imagesPerSecond: event.record.imagesPerSecond })
          return true
        }
        default:
          return false
      }
    },
    secondsLeftAtMost: () => secondsLeft({ runs: ordered(), phases, epochSeconds }),
  }
}

function currentPhase(run: RunSummary): RunPhase | undefined {
  return run.phases.find(({ status }) => status === 'running') ?? run.phases.find(({ status }) => status !== 'done')
}

/** Phases that are as quick as this one: of its name, in its experiment. */
function paceOf(run: RunSummary, id: string): string {
  return `${run.experimentId} ${run.phases.find((phase) => phase.id === id)?.name ?? id}`
}

function scoresOf(metrics: readonly EpochMetric[], run: RunSummary): ExitScore[] {
  const { name } = primaryMetric(run)
  const validation = metrics.filter(({ split }) => split === 'validation').toSorted(byDepth)
  return validation.map(({ exit, values }) => ({ label: exitName(exit), value: values[name]! }))
}

interface Timed {
  runs: readonly RunSummary[]
  phases: ReadonlyMap<string, PhaseProgress>
  epochSeconds: ReadonlyMap<string, number>
}

/**
 * What trains at once shares the rest evenly, at best; the run with the most before it takes at least its own time. A phase without a
 * measurement is assumed to be as slow as the slowest measured one.
 */
function secondsLeft({ runs, phases, epochSeconds }: Timed): number | null {
  if (epochSeconds.size === 0) return null
  const slowest = Math.max(...epochSeconds.values())
  const counted = new Set<string>()
  const open = runs.filter((run) => !isFinished(run))
  const seconds = open.map((run) =>
    sum(
      uncounted(run, counted).map(({ id, status, epochs, maxEpochs }) => {
        const measured = status === 'running' ? phases.get(id)?.progress?.secondsLeftAtMost : undefined
        return measured ?? Math.max(0, maxEpochs - epochs) * (epochSeconds.get(paceOf(run, id)) ?? slowest)
      }),
    ),
  )
  const atOnce = Math.max(1, open.filter(({ status }) => status === 'running').length)
  return Math.max(0, ...seconds, sum(seconds) / atOnce)
}

/** Phases of a run that are not done and that no run before it has; they are counted now. */
function uncounted(run: RunSummary, counted: Set<string>): RunPhase[] {
  const own = run.phases.filter(({ id, status }) => status !== 'done' && !counted.has(id))
  own.forEach(({ id }) => counted.add(id))
  return own
}
