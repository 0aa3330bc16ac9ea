import { costAxes } from '../../../shared/evaluation/cost-axis.ts'
import type { CostAxisName } from '../../../shared/evaluation/cost-axis.ts'
import { measuredCostOf, type MeasuredCost } from '../../../shared/evaluation/cost-kind.ts'
import { importedSentence } from '../../../shared/runs/imported.ts'
import type { BudgetRow, BudgetsAnswer } from '../../../readings/budgets/schema.ts'
import type { ComparedRuns } from './use-compared-runs.ts'

/** Caveats of a comparison, as sentences. */
export function comparisonCaveats(compared: ComparedRuns, answer: BudgetsAnswer, axis: CostAxisName): string[] {
  const { rows } = answer
  const measured = measuredCostOf(answer)
  const own = rows.filter(({ imported }) => !imported)
  return [
    ...unknownOnes(compared),
    ...differentNetworks(rows, axis, measured),
    ...differentSeeds(own),
    ...importedOnes(compared, rows, measured),
    ...ofOtherSettings(answer),
  ]
}

function ofOtherSettings({ published }: BudgetsAnswer): string[] {
  if (!published || published.fits) return []
  return [
    'The published values are for another network, exit rule, objective or data set: compare the ranking of regimes, not the values. They stand in the table alone, without differences.',
  ]
}

function unknownOnes({ unknown }: ComparedRuns): string[] {
  if (unknown.length === 0) return []
  return [`No run or experiment is called ${unknown.join(' or ')}: left out.`]
}

function differentNetworks(rows: BudgetRow[], axis: CostAxisName, measured: MeasuredCost | null): string[] {
  if (new Set(rows.flatMap(({ backboneCost }) => backboneCost ?? [])).size <= 1) return []
  return [
    costAxes[axis].absolute
      ? 'These series have networks of different cost. Budgets are in % of each network’s own backbone: compare networks in the figure of accuracy against cost, and regimes in the tables.'
      : `These series have networks of different cost; 100 % is each network’s own backbone. To compare networks, set “Cost in” to ${measured?.name ?? 'multiply-adds'}.`,
  ]
}

function differentSeeds(rows: BudgetRow[]): string[] {
  const uneven = [...Map.groupBy(rows, ({ experiment }) => experiment).values()].some(
    (members) => new Set(members.map(({ seeds }) => seeds.join())).size > 1,
  )
  return uneven ? ['Series have different seeds. Pairs are tested over the seeds they share.'] : []
}

function importedOnes({ imports }: ComparedRuns, rows: BudgetRow[], measured: MeasuredCost | null): string[] {
  if (measured && imports.length > 0) return [`Imported results have no ${measured.nouns}: they are left out.`]
  return [importedSentence(rows)].filter((sentence) => sentence !== '')
}
