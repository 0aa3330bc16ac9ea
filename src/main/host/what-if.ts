import { ExitlabError } from '../../shared/error.ts'
import type { WhatIfAnswer } from '../../shared/what-if.ts'
import { whatIfOverSeeds, type ScoredRun, type WhatIfOptions } from '../engine/pure.ts'
import type { RunRow } from '../store/runs.ts'
import { resolveRuns } from './references.ts'
import type { HostServices } from './services.ts'

export interface WhatIfQuery extends WhatIfOptions {
  runs: readonly string[]
  rule: string
  split: 'validation' | 'test'
}

/** What thresholds would do to the seeds of one regime of one experiment. @throws ExitlabError where it is more than that, or thresholds are too many or few. */
export async function whatIf({ store, evaluations }: HostServices, query: WhatIfQuery): Promise<WhatIfAnswer> {
  const runs = resolveRuns(store, query.runs).toSorted((a, b) => a.seed - b.seed)
  refuseUnlike(runs, query.rule)
  const scored = await Promise.all(runs.map((run) => evaluations.scored(run, query)))
  refuseOtherThresholds(query.thresholds, scored[0]!.scored.exitCount)
  return whatIfOverSeeds(scored as [ScoredRun, ...ScoredRun[]], query)
}

function refuseUnlike(runs: readonly RunRow[], rule: string): void {
  const groups = new Set(runs.map(({ experimentId, regime }) => `${experimentId} ${regime}`))
  if (groups.size === 1) return
  const names = runs.map(({ name }) => name).join(', ')
  throw new ExitlabError(
    'usage',
    `Thresholds of the ${rule} rule are tried on one regime of one experiment at a time, over its seeds; these runs are of ${groups.size}: ${names}. ` +
      'Give the runs of one of them.',
  )
}

function refuseOtherThresholds(thresholds: number | readonly number[], exitCount: number): void {
  if (typeof thresholds === 'number' || thresholds.length === exitCount - 1) return
  throw new ExitlabError(
    'usage',
    `This network has ${exitCount} exits, the final classifier included: expected one threshold for all, or ${exitCount - 1}, ` +
      `one for each exit but the final; found ${thresholds.length}.`,
  )
}
