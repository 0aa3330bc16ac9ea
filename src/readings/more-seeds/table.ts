import { differenceUnit } from '../../shared/methods/metric.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { numberCell, textCell, type Table, type TableCell } from '../../shared/tables/table.ts'
import { budgetColumn, capitalised, ofSubject, readingSentences } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { againstWords, noPair } from '../differences/table.ts'
import { furtherSeeds, mostSeeds, type MoreSeedsAnswer, type Outlook, takesTooMany } from './schema.ts'

/** Every pair of series at each budget: its difference, the expected width of its interval, and the seeds that may decide it. */
export function table(answer: MoreSeedsAnswer): Table {
  const { atBudgets, readOn = 'test' } = answer
  const pairs = atBudgets.flatMap((each) => each.pairs)
  if (pairs.length === 0) throw noPair()
  const names = [...new Set(pairs.map(({ experiment }) => experiment))]
  const metric = primaryMetric(answer)
  const { decimals } = metric
  return {
    name: fileStem(names, 'more-seeds'),
    caption:
      `What more seeds would decide${ofSubject(names)}: difference ${againstWords(answer)}of ${readOn} ${metric.noun} in ${differenceUnit(metric)}, half of its 95\u00a0% t interval now and ` +
      'expected with more seeds, and the fewest further seeds expected to make it significant (p below 0.05 after correction for all pairs of a budget), if difference and deviation stay as they are. ' +
      readingSentences(answer),
    keys: [{ name: 'experiment' }, { name: 'budget' }, { name: 'first' }, { name: 'second' }, { name: 'n' }],
    heads: [{ title: 'Difference', align: 'left' }],
    dimensions: ['quantity'],
    measures: [{ name: 'value', suffix: '' }],
    columns: [
      { ids: ['verdict'], name: 'more seeds', title: 'More seeds needed', kind: 'text' },
      {
        ids: ['difference'],
        name: 'difference',
        title: capitalised(differenceUnit(metric)),
        kind: 'number',
        signed: true,
      },
      ...furtherSeeds.map((more) => {
        const title = more === 0 ? '± now' : `± with ${more}\u00a0more`
        return { ids: [`half-width +${more}`], name: `half-width +${more}`, title, kind: 'number' as const }
      }),
    ],
    blocks: atBudgets
      .filter(({ pairs: found }) => found.length > 0)
      .map(({ budget, pairs: found }) => ({
        title: `${budgetColumn(budget).title} budget`,
        rows: found.map((pair) => ({
          keys: [pair.experiment, budget ?? 'unlimited', pair.first, pair.second, pair.pairCount],
          heads: [`${pair.first} − ${pair.second}`],
          cells: cellsOf(pair, decimals),
        })),
      })),
  }
}

function cellsOf(pair: Outlook, decimals: number): (TableCell | null)[] {
  return [
    textCell(verdictOf(pair)),
    numberCell(pair.difference, decimals),
    ...pair.halfWidths.map((width) => numberCell(width, decimals)),
  ]
}

function verdictOf(pair: Outlook): string {
  if (pair.decided) return 'none: decided'
  if (takesTooMany(pair)) return `more than ${mostSeeds}`
  return pair.needed === null ? 'not known' : `about ${pair.needed}`
}
