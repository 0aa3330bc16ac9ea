import { costAxes } from '../../../figures/cost-axis.ts'
import type { CostAxisName } from '../../../figures/cost-axis.ts'
import type { Comparison } from '../../../shared/evaluation.ts'
import type { ComparedRuns } from './use-compared-runs.ts'

/** What a reader of a comparison must know before trusting it, in sentences. */
export function comparisonCaveats(compared: ComparedRuns, { rows }: Comparison, axis: CostAxisName): string[] {
  return [...unknownOnes(compared), ...differentNetworks(rows, axis), ...differentSeeds(rows)]
}

/** Of published values that are shown; `runs`: those compared that have the settings of their table. */
export function publishedCaveats(shown: { runs: Readonly<Record<string, unknown>> } | null): string[] {
  if (shown === null || Object.keys(shown.runs).length > 0) return []
  return [
    'The published values are of another network, another objective or other data: compare the order of regimes, not the accuracies.',
  ]
}

function unknownOnes({ unknown }: ComparedRuns): string[] {
  if (unknown.length === 0) return []
  return [`No run or experiment is called ${unknown.join(' or ')}: left out.`]
}

function differentNetworks(rows: Comparison['rows'], axis: CostAxisName): string[] {
  if (new Set(rows.map(({ backboneMacs }) => backboneMacs)).size === 1) return []
  return [
    costAxes[axis].absolute
      ? 'These experiments have networks of different cost. Budgets in % are of each one’s own backbone: compare networks in the figure of accuracy against cost, regimes in the tables.'
      : 'These experiments have networks of different cost, and 100 % is each one’s own backbone. To compare networks, set Cost in to multiply-adds.',
  ]
}

function differentSeeds(rows: Comparison['rows']): string[] {
  const uneven = [...Map.groupBy(rows, ({ experiment }) => experiment).values()].some(
    (members) => new Set(members.map(({ seeds }) => seeds.join())).size > 1,
  )
  return uneven ? ['Regimes do not have the same seeds yet. Pairs are tested over the seeds that both have.'] : []
}
