import { costAxes } from '../../../shared/cost-axis.ts'
import type { CostAxisName } from '../../../shared/cost-axis.ts'
import { importedSentence } from '../../../shared/imported.ts'
import type { BudgetRow, BudgetsAnswer } from '../../../readings/budgets/schema.ts'
import type { ComparedRuns } from './use-compared-runs.ts'

/** Caveats of a comparison, as sentences. */
export function comparisonCaveats(
  compared: ComparedRuns,
  { rows, latency }: BudgetsAnswer,
  axis: CostAxisName,
): string[] {
  const own = rows.filter(({ imported }) => !imported)
  return [
    ...unknownOnes(compared),
    ...differentNetworks(rows, axis, latency),
    ...differentSeeds(own),
    ...importedOnes(compared, rows, latency),
  ]
}

/** Caveats of published values. */
export function publishedCaveats({ published }: Pick<BudgetsAnswer, 'published'>): string[] {
  if (!published || published.fits) return []
  return [
    'The published values are for another network, exit rule, objective or data set: compare the ranking of regimes, not the values. They stand in the table alone, without differences.',
  ]
}

function unknownOnes({ unknown }: ComparedRuns): string[] {
  if (unknown.length === 0) return []
  return [`No run or experiment is called ${unknown.join(' or ')}: left out.`]
}

function differentNetworks(rows: BudgetRow[], axis: CostAxisName, latency: string | undefined): string[] {
  if (new Set(rows.flatMap(({ backboneCost }) => backboneCost ?? [])).size <= 1) return []
  return [
    costAxes[axis].absolute
      ? 'These experiments have networks of different cost. Budgets are in % of each network’s own backbone: compare networks in the figure of accuracy against cost, and regimes in the tables.'
      : `These experiments have networks of different cost; 100 % is each network’s own backbone. To compare networks, set “Cost in” to ${latency === undefined ? 'multiply-adds' : 'milliseconds'}.`,
  ]
}

function differentSeeds(rows: BudgetRow[]): string[] {
  const uneven = [...Map.groupBy(rows, ({ experiment }) => experiment).values()].some(
    (members) => new Set(members.map(({ seeds }) => seeds.join())).size > 1,
  )
  return uneven ? ['Series have different seeds. Pairs are tested over the seeds they share.'] : []
}

function importedOnes({ imports }: ComparedRuns, rows: BudgetRow[], latency: string | undefined): string[] {
  if (latency !== undefined && imports.length > 0) return ['Imported results have no latencies: they are left out.']
  return [importedSentence(rows)].filter((sentence) => sentence !== '')
}
