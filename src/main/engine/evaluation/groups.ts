import { ExitlabError } from '../../../shared/error.ts'
import { regimeNames } from '../../../shared/regime-names.ts'
import type { RegimeName } from '../../../shared/phase.ts'
import type { RunIdentity } from './evaluation-summary.ts'

/** Runs that differ in nothing but their seed, in the order of their seeds. */
export interface RegimeGroup<Run extends RunIdentity> {
  experiment: string
  regime: RegimeName
  runs: Run[]
}

/**
 * Groups runs by experiment (in the order they come) and regime (in the paper's order).
 * Throws `conflict` where a group holds one seed twice, or runs whose networks cost differently: no mean over them has a meaning.
 */
export function groupRuns<Run extends RunIdentity>(runs: readonly Run[]): RegimeGroup<Run>[] {
  const experiments = [...new Set(runs.map((run) => run.experiment))]
  return experiments.flatMap((experiment) =>
    regimeNames.flatMap((regime) => {
      const members = runs.filter((run) => run.experiment === experiment && run.regime === regime)
      if (members.length === 0) return []
      members.forEach((run) => checkComparable(members[0]!, run))
      checkSeeds(members)
      return [{ experiment, regime, runs: members.sort((a, b) => a.seed - b.seed) }]
    }),
  )
}

function checkSeeds(runs: readonly RunIdentity[]): void {
  const twice = runs.find((run, i) => runs.findIndex((other) => other.seed === run.seed) !== i)
  if (!twice) return
  throw new ExitlabError(
    'conflict',
    `Two runs are "${twice.experiment}", ${twice.regime}, seed ${twice.seed}: a seed counts once in a mean. Choose one of them.`,
  )
}

function checkComparable(first: RunIdentity, other: RunIdentity): void {
  const costs = (run: RunIdentity) => [run.backboneMacs, ...run.exitMacs].join(', ')
  if (costs(first) === costs(other)) return
  throw new ExitlabError(
    'conflict',
    `The runs "${first.experiment}", ${first.regime}, seeds ${first.seed} and ${other.seed} have networks of different cost ` +
      `(backbone and exits: ${costs(first)} against ${costs(other)} multiply-adds), so they have no common mean. Compare them as two experiments.`,
  )
}
