import { ExitlabError } from '../../shared/basics/error.ts'
import { byRegime } from '../../shared/methods/regime-names.ts'
import { seriesLooks } from '../../shared/experiment/series.ts'
import { identityOf, type SeriesIdentity } from '../../shared/experiment/series-identity.ts'
import type { MaybeImported } from '../../shared/runs/imported.ts'
import type { RunIdentity } from './evaluation-summary.ts'

/** What tells a run from others; an imported one may have no regime. */
type Grouped = Pick<RunIdentity, 'experiment' | 'series' | 'look' | 'seed' | 'exitCosts' | 'backboneCost'> &
  MaybeImported & { regime: string | null }

/** Runs that differ in nothing but their seed, in the order of their seeds. */
export interface SeriesGroup<Run extends Grouped> extends SeriesIdentity<Run['regime']> {
  runs: Run[]
}

/**
 * Groups runs by experiment (in the order they come), regime (in the paper's order) and series (in the order they come).
 * Throws `conflict` where a group holds one seed twice, or runs whose networks cost differently: no mean over them has a meaning.
 */
export function groupRuns<Run extends Grouped>(runs: readonly Run[]): SeriesGroup<Run>[] {
  const inOrder = byRegime(runs)
  const looks = seriesLooks(runs)
  const experiments = [...new Set(runs.map((run) => run.experiment))]
  const regimes = [...new Set(inOrder.map(({ regime }) => regime))]
  return experiments.flatMap((experiment) =>
    regimes.flatMap((regime) => {
      const ofRegime = runs.filter((run) => run.experiment === experiment && run.regime === regime)
      return [...Map.groupBy(ofRegime, ({ series }) => series)].map(([, members]) => {
        members.forEach((run) => checkComparable(members[0]!, run))
        checkSeeds(members)
        const { look = looks.get(members[0]!.series)! } = members[0]!
        return { ...identityOf({ ...members[0]!, look }), runs: members.sort((a, b) => a.seed - b.seed) }
      })
    }),
  )
}

function checkSeeds(runs: readonly Grouped[]): void {
  const seeds = new Set<number>()
  const twice = runs.find(({ seed }) => seeds.size === seeds.add(seed).size)
  if (!twice) return
  throw new ExitlabError(
    'conflict',
    `Two runs are "${twice.experiment}", ${twice.series}, seed ${twice.seed}; each seed may occur once. Choose one of them.`,
  )
}

function checkComparable(first: Grouped, other: Grouped): void {
  const costs = (run: Grouped) => [run.backboneCost, ...run.exitCosts].join(', ')
  if (costs(first) === costs(other)) return
  throw new ExitlabError(
    'conflict',
    `The runs "${first.experiment}", ${first.series}, seeds ${first.seed} and ${other.seed} have networks of different cost ` +
      `(backbone and exits: ${costs(first)} against ${costs(other)} multiply-adds), so they cannot be averaged. Compare them as two experiments.`,
  )
}
