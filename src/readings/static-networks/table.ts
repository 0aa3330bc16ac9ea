import type { z } from 'zod'
import { nameAmong } from '../../figures/series-lines.ts'
import { unitOf, type CostUnit } from '../../shared/evaluation/cost-kind.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { differenceUnit, withUnit } from '../../shared/methods/metric.ts'
import { meanCell, type Table, type TableCell } from '../../shared/tables/table.ts'
import { budgetColumn, meanOver, readingSentences } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { sortedBy } from '../../shared/tables/text-table.ts'
import { absoluteCost } from '../cost-text.ts'
import { differenceCells } from '../difference-cells.ts'
import type { AtBudget, StaticNetworksAnswer, staticNetworksQuestion } from './schema.ts'
import { answerSentence, verdictOf, verdictWords } from './words.ts'

/** Each multi-exit series beside the best static network within each budget. */
export function table(
  answer: StaticNetworksAnswer,
  { unit: preferred }: Pick<z.output<typeof staticNetworksQuestion>, 'unit'>,
): Table {
  const { series, readOn = 'test' } = answer
  const metric = primaryMetric(answer)
  const unit = unitOf(answer, preferred)
  const test = withUnit(`${readOn} ${metric.noun}`, metric)
  return {
    name: comparisonStem(series, 'static-networks'),
    caption:
      `Beside each series the static network (without exits) that is best on validation samples among those that cost no more than the budget, ` +
      `in % of the series’ own backbone${unit === 'macs' ? ' and in multiply-adds' : ''}; ${test}, ${meanOver([...series.map(({ seeds }) => seeds.length), ...answer.networks.map(({ seedCount }) => seedCount)])}. ` +
      `Δ in ${differenceUnit(metric)} with its 95\u00a0% interval, paired by seed, p with Holm’s correction for the budgets of a series. ${readingSentences(answer)}`,
    legend: [answerSentence(answer)],
    keys: ['experiment', 'regime', 'series', 'budget'].map((name) => ({ name })),
    heads: [{ title: 'Budget', align: 'left' }],
    dimensions: ['quantity'],
    measures: [
      { name: 'value', suffix: '' },
      { name: 'spread', suffix: ' spread' },
    ],
    columns: [
      { ids: ['better'], name: 'better', title: 'Better', kind: 'text' },
      { ids: ['network'], name: 'static network', title: 'Best static network', kind: 'text' },
      { ids: ['static'], name: `static ${test}`, title: 'Its value', kind: 'number' },
      { ids: ['series'], name: test, title: 'Series', kind: 'number' },
      { ids: ['difference'], name: 'difference', title: 'Δ', kind: 'number', signed: true },
      { ids: ['p'], name: 'p', title: 'p (Holm)', kind: 'text' },
    ],
    blocks: series.map((each) => ({
      title: series.length > 1 ? nameAmong(each, series) : null,
      rows: each.atBudgets.map((at) => ({
        keys: [each.experiment, each.regime, each.series, at.budget],
        heads: [`${budgetColumn(at.budget).title}, ${absoluteCost(at.limit, unit)}`],
        cells: cellsOf(at, answer, unit),
      })),
    })),
  }
}

function cellsOf(at: AtBudget, answer: StaticNetworksAnswer, unit: CostUnit): (TableCell | null)[] {
  const { decimals } = primaryMetric(answer)
  const { value, difference } = at
  const network = answer.networks.find(({ name }) => name === at.network)
  const verdict = verdictOf(at, answer)
  return [
    withSpread(sortedBy(verdict ?? 'none', verdictWords(at, answer))),
    network ? withSpread(sortedBy(network.name, `${network.name}, ${absoluteCost(network.cost, unit)}`)) : null,
    network ? meanCell(network.test, decimals, verdict === 'static network') : null,
    value && meanCell(value, decimals, verdict === 'early exit'),
    ...differenceCells(difference, decimals),
  ]
}

/** Texts have no spread. */
const withSpread = (cell: TableCell): TableCell => ({ ...cell, values: [...cell.values, null] })
