import { backboneCostWords } from '../../shared/evaluation/cost-kind.ts'
import { withUnit, type Metric } from '../../shared/methods/metric.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { readOnSentences } from '../../shared/evaluation/read-on.ts'
import { ruleInWords } from '../../shared/methods/rule-reference.ts'
import { bestText, printedMean, rounded, type Table, type TableCell } from '../../shared/tables/table.ts'
import {
  blocksOf,
  meanOver,
  ofCompared,
  regimeHead,
  seriesColumn,
  seriesTitle,
} from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { seriesMark } from '../series-mark.ts'
import { caveatOf, eachByItself, probabilityText, riskWords, testInWords } from './words.ts'
import type { Choice, SeriesThresholds, ThresholdTarget, ThresholdsAnswer } from './schema.ts'

const decimals = 1

/** What inference costs with thresholds chosen by what is asked for: a row for each series, a column for each target. */
export function table(answer: ThresholdsAnswer): Table {
  const { rule, series, delta, risk, readOn = 'test' } = answer
  const metric = primaryMetric(answer)
  const caveat = caveatOf(series)
  const counts = series.map(({ seeds }) => seeds.length)
  const column = seriesColumn(series)
  return {
    name: comparisonStem(series, 'thresholds'),
    caption:
      `Cost${ofCompared(series)} on ${readOn} samples in % of ${backboneCostWords(series[0]!)}, with the threshold of the ${ruleInWords(rule)} that does what is asked for; below it the ${withUnit(metric.noun, metric)}. ` +
      `${dropWords(answer, metric)}“${risk} ≤ ε”: ${riskWords(answer)} is at most ε with probability ${probabilityText(delta)}\u00a0% ` +
      `(${testInWords(answer)}, thresholds in fixed sequence) ${eachByItself}, not for all at once; ${meanOver(counts)}.`,
    legend: [
      ...readOnSentences(answer),
      ...(caveat ? [caveat] : []),
      ...(series.some(({ choices }) => choices.some(isAllFinal)) ? [allFinal] : []),
    ],
    emphasis: 'lowest cost of each column',
    below: metric.noun,
    keys: [{ name: 'experiment' }, { name: 'regime' }, ...column.key, { name: 'rule', longOnly: true }, { name: 'n' }],
    heads: [{ title: seriesTitle(series), align: 'left' }],
    dimensions: ['target'],
    measures: ['cost', 'cost_std', metric.name, `${metric.name}_std`, 'test_risk', 'test_risk_std'].map((name, i) => ({
      name,
      suffix: i === 0 ? '' : ` ${name.replaceAll('_', ' ')}`,
    })),
    columns: series[0]!.choices.map(({ target }) => {
      const title = titleOf(target, { risk, metric })
      return { ids: [title], name: title, title, kind: 'number' }
    }),
    blocks: blocksOf(series, (members) =>
      members.map((row) => ({
        keys: [row.experiment, row.regime, ...column.of(row), rule, row.seeds.length],
        heads: [regimeHead(row.series, row.seeds.length, counts)],
        series: seriesMark(row),
        cells: row.choices.map((choice, at) => cellOf(choice, { best: bestAt(members, at), metric })),
      })),
    ),
  }
}

/** Behind a cost where some seed has no threshold. */
const allFinalMark = '†'
const allFinal = `${allFinalMark}\u00a0No threshold does it with these samples at one seed or more, whose samples all go to the final exit.`
const isAllFinal = ({ seeds }: Choice) => seeds.some(({ threshold }) => threshold === null)

/** What the columns of an accuracy, or of another metric, are. */
function dropWords({ series }: ThresholdsAnswer, { noun, unit }: Metric): string {
  if (!series[0]!.choices.some(({ target }) => target.kind === 'accuracy')) return ''
  const [asked, most] = unit === '%' ? ['n points below', 'n points below'] : [`${noun} n above`, 'n above']
  return `“${asked} final”: the cheapest threshold whose ${noun} on validation samples is at most ${most} the final exit’s. `
}

function titleOf(
  target: ThresholdTarget,
  { risk, metric: { noun, unit } }: { risk: ThresholdsAnswer['risk']; metric: Metric },
): string {
  if (target.kind === 'accuracy' && unit !== '%') return `${noun} ${target.drop} above final`
  if (target.kind === 'accuracy') return `${target.drop} ${target.drop === 1 ? 'point' : 'points'} below final`
  return `${risk} ≤ ${Number((100 * target.tolerated).toPrecision(6))}\u202f%`
}

function bestAt(members: readonly SeriesThresholds[], at: number): string | null {
  const means = members.map(({ choices }) => choices[at]!.cost.mean)
  return bestText({ higherIsBetter: false, decimals }, means)
}

function cellOf(choice: Choice, { best, metric }: { best: string | null; metric: Metric }): TableCell {
  const { cost, value, testRisk } = choice
  const printed = printedMean(cost, decimals)
  return {
    values: [cost, value, testRisk].flatMap(({ mean, std }) => [rounded(mean, 4), rounded(std, 4)]),
    printed: {
      ...printed,
      bold: printed.text === best && !isAllFinal(choice),
      ...(isAllFinal(choice) && { mark: allFinalMark }),
      below: printedMean(value, metric.unit === '%' ? decimals : metric.decimals),
    },
  }
}
