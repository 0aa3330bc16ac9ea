import { ExitlabError } from '../../../shared/error.ts'
import type { WhatIfAnswer } from '../../../shared/what-if.ts'
import type { CostKind } from '../../../shared/latency.ts'
import { whatIfOverSeeds, type ScoredRun } from '../../engine/pure.ts'
import type { RunRow } from '../../store/runs.ts'
import { resolveRuns } from '../runs/references.ts'
import { latencyMachine } from './latency-machine.ts'
import type { EvaluationSources } from './evaluation-reader.ts'

export interface WhatIfQuery {
  /** One for all exits, or one for each exit but the final. */
  thresholds: number | readonly number[]
  runs: readonly string[]
  rule?: string | undefined
  split: 'validation' | 'test'
  cost?: CostKind
}

/** Effect of thresholds on the seeds of one series. @throws ExitlabError for several series or a wrong number of thresholds. */
export async function whatIf(services: EvaluationSources, query: WhatIfQuery): Promise<WhatIfAnswer> {
  const scored = await scoredSeeds(services, query)
  refuseOtherThresholds(query.thresholds, scored[0].scored.exitCount)
  return whatIfOverSeeds(scored, query.thresholds)
}

/** One split of the seeds of one series, in their order. @throws ExitlabError `usage` where it is more than that. */
export async function scoredSeeds(
  { store, evaluations }: EvaluationSources,
  { cost, ...query }: Omit<WhatIfQuery, 'thresholds'>,
): Promise<[ScoredRun, ...ScoredRun[]]> {
  const runs = resolveRuns(store, query.runs).toSorted((a, b) => a.seed - b.seed)
  refuseUnlike(runs)
  const machine = cost === 'latency' ? latencyMachine(store, runs) : undefined
  return (await Promise.all(runs.map((run) => evaluations.scored(run, { ...query, machine })))) as [
    ScoredRun,
    ...ScoredRun[],
  ]
}

function refuseUnlike(runs: readonly RunRow[]): void {
  const groups = new Set(runs.map(({ seriesId }) => seriesId))
  if (groups.size === 1) return
  const names = runs.map(({ name }) => name).join(', ')
  throw new ExitlabError(
    'usage',
    `Expected runs of one series; got runs of ${groups.size} series: ${names}. ` + 'Choose the runs of one series.',
  )
}

export function refuseOtherThresholds(thresholds: number | readonly number[], exitCount: number): void {
  if (typeof thresholds === 'number' || thresholds.length === exitCount - 1) return
  throw new ExitlabError(
    'usage',
    `This network has ${exitCount} exits, including the final classifier: expected one threshold, or ${exitCount - 1}, ` +
      `one for each exit but the final; found ${thresholds.length}.`,
  )
}
