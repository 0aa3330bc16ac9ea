import type { AnalysisStatus } from '../../../shared/evaluation/analysis.ts'
import { analyses } from '../../../readings/analyses/index.ts'
import type { AnalysisQuestion } from '../../../contract/analyses.ts'
import type { PaperScale } from '../../../shared/paper/paper.ts'
import { summaryFor } from '../analyses/enqueue.ts'
import { requestedAnalyses } from '../analyses/request.ts'
import type { PaperServices } from './services.ts'
import type { PaperRun } from './found-experiment.ts'
import type { AnalysisDrawing, MatrixFigure } from './matrix-schema.ts'

/** The analyses that a figure needs. */
export interface NeededAnalyses {
  kind: string
  /** One for each run, or for each pair of runs of a seed; `missing` where it was never requested. */
  statuses: (AnalysisStatus | 'missing')[]
  /** Ids of those that are done. */
  done: string[]
  /** Those that can be requested now: of runs that are done. */
  questions: AnalysisQuestion[]
}

/** Null where the figure needs no analysis. */
export function neededAnalyses(
  services: PaperServices,
  { drawing, regimes }: Pick<MatrixFigure, 'drawing' | 'regimes'>,
  { scale, runs }: { scale: PaperScale; runs: readonly PaperRun[] },
): NeededAnalyses | null {
  if (drawing.of !== 'analysis') return null
  const { analysis: kind, parameters } = drawing
  const groups = groupsOf(
    drawing,
    runs.filter(({ regime }) => regimes.includes(regime)),
  )
  const ready = groups.filter((group) => group.every(({ status }) => status === 'done'))
  const questions = ready.map((group) => ({ kind, runs: group.map(({ id }) => id!), parameters: parameters[scale] }))
  const found = questions.map((question) => {
    const [requested] = requestedAnalyses(services.store, question).requested
    return summaryFor(services, requested!)
  })
  const statuses = found.map((summary) => summary?.status ?? 'missing')
  const waiting = Array<'missing'>(groups.length - ready.length).fill('missing')
  const done = found.flatMap((summary) => (summary?.status === 'done' ? summary.id : []))
  return { kind, statuses: [...statuses, ...waiting], done, questions }
}

/** The runs of the first seed among theirs. */
export function firstSeed(runs: readonly PaperRun[]): readonly PaperRun[] {
  const first = Math.min(...runs.map(({ seed }) => seed))
  return runs.filter(({ seed }) => seed === first)
}

function groupsOf({ analysis, seeds }: AnalysisDrawing, runs: readonly PaperRun[]): PaperRun[][] {
  const chosen = seeds === 'all' ? runs : firstSeed(runs)
  if (analyses.get(analysis).info.runs === 1) return chosen.map((run) => [run])
  return chosen.flatMap((one, index) =>
    chosen.slice(index + 1).flatMap((other) => (other.seed === one.seed ? [[one, other]] : [])),
  )
}
