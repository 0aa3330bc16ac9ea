import { comparedPairs } from '../../../shared/compared-pairs.ts'
import type { Protocol } from '../../../shared/evaluation.ts'
import {
  untestedReasons,
  untestedWords,
  type RegimeDifference,
  type RegimeDifferences,
  type UntestedReason,
} from '../../../shared/regime-differences.ts'
import { fileStem } from '../../../shared/file-name.ts'
import { backboneCostWords } from '../../../shared/latency.ts'
import { withUnit, type Metric } from '../../../shared/metric.ts'
import { primaryMetric } from '../../../shared/task.ts'
import { fixed, rounded, type Table, type TableCell } from '../../../shared/table.ts'
import { blocksOf, budgetColumn, ofSubject, readingSentence, seedRange } from '../../../shared/table-words.ts'

/** Level below which an adjusted p counts as a difference. */
const significance = 0.05

/** Behind a difference that is not tested. */
const untestedMarks: Record<UntestedReason, string> = { 'few-seeds': '‡', 'equal-differences': '§' }

/** Every pair of regimes at each budget: `first − second` of the task's primary metric on test samples, paired by seed, with its 95 % t interval. */
export function differenceTable(
  differences: RegimeDifferences,
  { protocol, rule }: { protocol: Protocol; rule: string },
): Table {
  const pairs = comparedPairs(differences)
  const names = [...new Set(pairs.map(({ experiment }) => experiment))]
  const metric = primaryMetric(differences[0] ?? {})
  const counts = differences.flatMap((each) => each.pairs.map(({ pairCount }) => pairCount))
  return {
    name: fileStem(names, 'differences'),
    caption:
      `${withUnit(`Differences of test ${metric.noun}`, { unit: metric.unit === '%' ? 'points' : '' })}${ofSubject(names)} within inference budgets in % of ${backboneCostWords(differences[0] ?? {})}, ` +
      `paired over ${seedRange(counts)}: mean ± half of the 95\u00a0% t interval. ` +
      [`${readingSentence({ protocol, rule, task: differences[0]?.task })}.`, ...untestedSentences(differences)].join(
        ' ',
      ),
    emphasis: `p < ${significance} after Holm’s correction for all pairs of a budget`,
    keys: [
      { name: 'experiment' },
      { name: 'first' },
      { name: 'second' },
      { name: 'protocol', longOnly: true },
      { name: 'rule', longOnly: true },
    ],
    heads: [{ title: 'Difference', align: 'left' }],
    dimensions: ['budget'],
    measures: [
      { name: 'difference', suffix: '' },
      { name: 'low', suffix: ' low' },
      { name: 'high', suffix: ' high' },
      { name: 'p', suffix: ' p' },
      { name: 'adjusted_p', suffix: ' adjusted p' },
      { name: 'pairs', suffix: ' pairs' },
      { name: 'untested', suffix: null },
    ],
    columns: differences.map(({ budget }) => budgetColumn(budget)),
    blocks: blocksOf(pairs, (members) =>
      members.map((pair) => ({
        keys: [pair.experiment, pair.first, pair.second, protocol, rule],
        heads: [`${pair.first} − ${pair.second}`],
        cells: pair.atBudgets.map((at) => at && cellOf(at, metric)),
      })),
    ),
  }
}

/** `‡ Not tested: fewer than 3 seeds are paired.`, of each reason that there is. */
function untestedSentences(differences: RegimeDifferences): string[] {
  const found = new Set(differences.flatMap(({ pairs }) => pairs.map(({ untested }) => untested)))
  return untestedReasons
    .filter((reason) => found.has(reason))
    .map((reason) => `${untestedMarks[reason]}\u00a0Not tested: ${untestedWords[reason]}.`)
}

function cellOf(
  { difference, low, high, p, adjustedP, pairCount, untested }: RegimeDifference,
  { decimals }: Metric,
): TableCell {
  const spread = low === null || high === null ? null : ((high - low) / 2).toFixed(decimals)
  return {
    values: [
      ...[difference, low, high].map((value) => rounded(value, decimals + 2)),
      ...[p, adjustedP].map((value) => rounded(value, 6)),
      pairCount,
      untested,
    ],
    printed: {
      text: fixed(difference, decimals),
      spread,
      bold: adjustedP !== null && adjustedP < significance,
      ...(untested !== null && { mark: untestedMarks[untested] }),
    },
  }
}
