import type { SearchDetail, SearchSummary } from '../../contract/searches.ts'
import { fixed, none } from '../../shared/format/numbers.ts'
import { duration } from '../../shared/format/times.ts'
import { withUnit } from '../../shared/methods/metric.ts'
import { budgetColumn } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { View } from './output/style.ts'
import { right, table } from './output/table.ts'

/** All candidates, the best first, with what decided their places. */
export function rankingLines(search: SearchDetail, { style, width }: View): string[] {
  const metric = primaryMetric(search)
  const number = (value: number, spread: number | null) =>
    [fixed(value, metric.decimals), ...(spread === null ? [] : ['±', fixed(spread, metric.decimals)])].join(' ')
  const columns = [
    right('#'),
    { header: 'series' },
    right('rung'),
    right(withUnit(`validation ${metric.noun}`, metric)),
    right('seeds'),
    right(withUnit('test', metric)),
  ]
  const rows = search.ranking.map(({ candidate, rung, score, test }, place) => [
    String(place + 1),
    search.series[candidate]!.name,
    rung === null ? none : String(rung),
    score === null ? none : number(score.mean, score.error),
    score === null ? none : String(score.n),
    test === null ? none : number(test.mean, test.std),
  ])
  return [
    ...table(columns, rows, { header: style.faint, width }),
    style.faint(
      'Validation: mean ± standard error in the rung; test: mean ± standard deviation over seeds. Scores of two rungs are not comparable.',
    ),
  ]
}

export function searchLines(searches: readonly SearchSummary[], { style, width }: View): string[] {
  const header = ['id', 'experiment', 'budget', 'status', 'rung', 'hours', 'leader']
  const rows = searches.map(({ id, name, budget, status, rung, rungs, usedSeconds, hours, leader }) => [
    id,
    name,
    budgetColumn(budget).title!,
    status,
    `${rung ?? 0} of ${rungs}`,
    `${duration(usedSeconds)} of ${duration(3600 * hours)}`,
    leader ?? none,
  ])
  return table(
    header.map((text) => ({ header: text })),
    rows,
    { header: style.faint, width },
  )
}
