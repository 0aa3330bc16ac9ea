import type { SeriesOption } from 'echarts'
import { chart } from '../../figures/chart.ts'
import { seriesLabels } from '../../figures/end-labels.ts'
import type { Figure } from '../../figures/figure.ts'
import { seedsKey } from '../../figures/key.ts'
import { markerSymbol } from '../../figures/markers.ts'
import { boundsOf, dataLine, spreadBand } from '../../figures/marks.ts'
import { seriesStyle, type FigureTheme } from '../../figures/regimes.ts'
import { roundTicks, ticksAround } from '../../figures/ticks.ts'
import type { MeanStd } from '../../shared/evaluation.ts'
import { fileStem } from '../../shared/file-name.ts'
import { backboneCostWords } from '../../shared/latency.ts'
import { plainText } from '../../shared/plain-text.ts'
import { ruleInWords } from '../../shared/rule-reference.ts'
import type { FailurePredictionAnswer, SeriesFailures } from './schema.ts'

interface Line extends Omit<SeriesFailures, 'exits' | 'regime'> {
  regime: string
  /** AUROC of the exits that have one, by their cost in % of the backbone's. */
  points: (MeanStd & { x: number })[]
}

/** AUROC of each exit against its cost, a line for each series. */
export function figure({ rule, series }: FailurePredictionAnswer): Figure {
  const lines = linesOf(series)
  const name = fileStem([...new Set(series.map(({ experiment }) => experiment))], 'failure-prediction')
  return { name, sentence: sentenceOf(lines), option: (frame) => optionOf(lines, rule, frame) }
}

function linesOf(series: readonly SeriesFailures[]): Line[] {
  const several = new Set(series.map(({ experiment }) => experiment)).size > 1
  return series.map((each) => ({
    ...each,
    regime: each.regime ?? '',
    series: several ? `${each.series}, ${plainText(each.experiment, 36)}` : each.series,
    points: each.exits.flatMap(({ fraction, failurePrediction }) =>
      failurePrediction ? { x: 100 * fraction, ...failurePrediction.auroc } : [],
    ),
  }))
}

function optionOf(lines: readonly Line[], rule: string, frame: Parameters<typeof chart>[1]) {
  const all = lines.flatMap(({ points }) => points)
  const ends = all.flatMap(({ mean, std }) => [mean - (std ?? 0), mean + (std ?? 0)])
  const high = Math.max(100, ...all.map(({ x }) => x))
  const { option } = chart(
    {
      title: `AUROC of the ${ruleInWords(rule)} (%)`,
      key: lines.length === 0 ? [] : [seedsKey(lines.map(({ seeds }) => seeds.length))],
      labels: seriesLabels(lines, endOf, frame.theme),
      x: {
        title: `Cost of the exit (% of ${backboneCostWords({ latency: lines[0]?.latency })})`,
        low: 0,
        high: 1.03 * high,
        ticks: (pixels) => roundTicks(0, high, Math.max(2, Math.floor(pixels / 80))),
      },
      y: { ticks: ends.length === 0 ? [50, 75, 100] : ticksAround(Math.min(...ends), Math.max(...ends), 6) },
      note: '50 % is chance, 100 % tells every right from every wrong prediction; test samples',
    },
    frame,
  )
  return option(lines.flatMap((line) => [...band(line, frame.theme), lineOf(line, frame.theme)]))
}

function endOf({ points }: Line): [number, number] | null {
  const last = points.at(-1)
  return last ? [last.x, last.mean] : null
}

function band({ series, points, ...look }: Line, theme: FigureTheme): SeriesOption[] {
  return spreadBand(series, boundsOf(points), { colour: seriesStyle(look).line[theme] })
}

function lineOf({ series, points, ...look }: Line, theme: FigureTheme): SeriesOption {
  const { line, dash, marker } = seriesStyle(look)
  return dataLine(
    series,
    points.map(({ x, mean }) => [x, mean]),
    {
      colour: line[theme],
      dash,
      showSymbol: true,
      ...markerSymbol(marker, 9),
    },
  )
}

function sentenceOf(lines: readonly Line[]): string {
  const texts = lines.map(({ series, points }) => {
    const values = points.map(({ mean }) => mean.toFixed(1)).join(', ')
    return `${series} ${values === '' ? '–' : values}`
  })
  return `AUROC (%) of failure prediction by exit, from the first to the final one. ${texts.join('; ')}.`
}
