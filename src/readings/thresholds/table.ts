import { backboneCostWords } from '../../shared/cost-kind.ts'
import { comparisonStem } from '../../shared/file-name.ts'
import { readOnSentences } from '../../shared/read-on.ts'
import { ruleInWords } from '../../shared/rule-reference.ts'
import { bestText, printedMean, rounded, type Table, type TableCell } from '../../shared/table.ts'
import { blocksOf, meanOver, ofCompared, regimeHead, seriesColumn, seriesTitle } from '../../shared/table-words.ts'
import { seriesMark } from '../series-mark.ts'
import { caveatOf, eachByItself, probabilityText, riskInWords, testInWords } from './words.ts'
import type { Choice, SeriesThresholds, ThresholdTarget, ThresholdsAnswer } from './schema.ts'

const decimals = 1

/** What inference costs with thresholds chosen by what is asked for: a row for each series, a column for each target. */
export function table(answer: ThresholdsAnswer): Table {
  const { rule, series, delta, risk, readOn = 'test' } = answer
  const caveat = caveatOf(series)
  const counts = series.map(({ seeds }) => seeds.length)
  const column = seriesColumn(series)
  return {
    name: comparisonStem(series, 'thresholds'),
    caption:
      `Cost${ofCompared(series)} on ${readOn} samples in % of ${backboneCostWords(series[0]!)}, with the threshold of the ${ruleInWords(rule)} that does what is asked for; below it the accuracy (%). ` +
      `“n points below final”: the cheapest threshold whose accuracy on validation samples is at most n points below the final exit’s. “${risk} ≤ ε”: the share of samples that ${riskInWords[risk]} is at most ε with probability ${probabilityText(delta)}\u00a0% ` +
      `(${testInWords(series)}, thresholds in fixed sequence) ${eachByItself}, not for all at once; ${meanOver(counts)}.`,
    legend: [
      ...readOnSentences(answer),
      ...(caveat ? [caveat] : []),
      ...(series.some(({ choices }) => choices.some(isAllFinal)) ? [allFinal] : []),
    ],
    emphasis: 'lowest cost of each column',
    below: 'accuracy',
    keys: [{ name: 'experiment' }, { name: 'regime' }, ...column.key, { name: 'rule', longOnly: true }, { name: 'n' }],
    heads: [{ title: seriesTitle(series), align: 'left' }],
    dimensions: ['target'],
    measures: ['cost', 'cost_std', 'accuracy', 'accuracy_std', 'test_risk', 'test_risk_std'].map((name, i) => ({
      name,
      suffix: i === 0 ? '' : ` ${name.replaceAll('_', ' ')}`,
    })),
    columns: series[0]!.choices.map(({ target }) => {
      const title = titleOf(target, risk)
      return { ids: [title], name: title, title, kind: 'number' }
    }),
    blocks: blocksOf(series, (members) =>
      members.map((row) => ({
        keys: [row.experiment, row.regime, ...column.of(row), rule, row.seeds.length],
        heads: [regimeHead(row.series, row.seeds.length, counts)],
        series: seriesMark(row),
        cells: row.choices.map((choice, at) => cellOf(choice, bestAt(members, at))),
      })),
    ),
  }
}

/** Behind a cost where some seed has no threshold. */
const allFinalMark = '†'
const allFinal = `${allFinalMark}\u00a0No threshold does it with these samples at one seed or more, whose samples all go to the final exit.`
const isAllFinal = ({ seeds }: Choice) => seeds.some(({ threshold }) => threshold === null)

function titleOf(target: ThresholdTarget, risk: ThresholdsAnswer['risk']): string {
  if (target.kind === 'accuracy') return `${target.drop} ${target.drop === 1 ? 'point' : 'points'} below final`
  return `${risk} ≤ ${Number((100 * target.tolerated).toPrecision(6))}\u202f%`
}

function bestAt(members: readonly SeriesThresholds[], at: number): string | null {
  const means = members.map(({ choices }) => choices[at]!.cost.mean)
  return bestText({ higherIsBetter: false, decimals }, means)
}

function cellOf(choice: Choice, best: string | null): TableCell {
  const { cost, accuracy, testRisk } = choice
  const printed = printedMean(cost, decimals)
  return {
    values: [cost, accuracy, testRisk].flatMap(({ mean, std }) => [rounded(mean, 4), rounded(std, 4)]),
    printed: {
      ...printed,
      bold: printed.text === best && !isAllFinal(choice),
      ...(isAllFinal(choice) && { mark: allFinalMark }),
      below: printedMean(accuracy, decimals),
    },
  }
}
