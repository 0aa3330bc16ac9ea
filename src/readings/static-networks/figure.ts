import type { z } from 'zod'
import type { EChartsOption, SeriesOption } from 'echarts'
import { chart } from '../../figures/chart.ts'
import { seriesLabels, type EndLabel } from '../../figures/end-labels.ts'
import type { Figure } from '../../figures/figure.ts'
import { backboneMarker, markerSymbol } from '../../figures/markers.ts'
import { boundsOf, dataLine, errorBars, spreadBand, uprightBar } from '../../figures/marks.ts'
import type { FigureFrame } from '../../figures/plot.ts'
import { seriesStyle } from '../../figures/regimes.ts'
import { lineNames, linesAndNames, mostBands } from '../../figures/series-lines.ts'
import { figureColours } from '../../figures/theme.ts'
import { roundTicks, ticksAround } from '../../figures/ticks.ts'
import { macsUnit } from '../../shared/evaluation/cost-axis.ts'
import { unitOf } from '../../shared/evaluation/cost-kind.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { withUnit } from '../../shared/methods/metric.ts'
import { capitalised } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { StaticNetwork, StaticNetworksAnswer, staticNetworksQuestion } from './schema.ts'
import { answerSentence } from './words.ts'

/** Threshold curves against absolute cost, static networks as points, and a step line of the best of these up to each cost. */
export function figure(
  answer: StaticNetworksAnswer,
  { unit }: Pick<z.output<typeof staticNetworksQuestion>, 'unit'>,
): Figure {
  return {
    name: comparisonStem(answer.series, 'static-networks'),
    sentence: answerSentence(answer),
    option: (frame) => staticNetworksOption(answer, frame, unit),
  }
}

function staticNetworksOption(
  answer: StaticNetworksAnswer,
  wanted: FigureFrame,
  preferred: 'macs' | 'flops',
): EChartsOption {
  const { networks } = answer
  const metric = primaryMetric(answer)
  const { drawn: lines, named, frame } = linesAndNames(lineNames(answer.series), wanted)
  const highest = Math.max(
    ...networks.map(({ cost }) => cost),
    ...lines.flatMap(({ curve }) => curve.map(({ cost }) => cost)),
  )
  const { name, size } = macsUnit(highest, unitOf(answer, preferred))
  const ends = [...networks.map(({ test }) => test), ...lines.flatMap(({ curve }) => curve)].flatMap(
    ({ mean, std }) => [mean - (std ?? 0), mean + (std ?? 0)],
  )
  const colours = figureColours[frame.theme]
  const steps = bestUpTo(answer).map(({ cost, test }) => [cost / size, test.mean])
  const xHigh = (1.03 * highest) / size
  const label: EndLabel = {
    text: 'best static',
    end: [xHigh, steps.at(-1)![1]!],
    colour: colours.text,
    ink: colours.muted,
    dash: [4, 3],
  }
  const { option } = chart(
    {
      title: withUnit(capitalised(`${answer.readOn ?? 'test'} ${metric.noun}`), metric),
      key: [{ mark: { marker: backboneMarker }, text: 'static network, ± 1 std' }],
      labels: [
        ...seriesLabels(named, ({ curve }) => [curve.at(-1)!.cost / size, curve.at(-1)!.mean], frame.theme),
        label,
      ],
      x: {
        title: `Inference cost (${name})`,
        low: 0,
        high: xHigh,
        ticks: (pixels) => roundTicks(0, xHigh, Math.max(2, Math.floor(pixels / 80))),
      },
      y: { ticks: ticksAround(Math.min(...ends), Math.max(...ends), 6) },
      note: 'best static: the best on validation samples up to each cost',
    },
    frame,
  )
  const bars = boundsOf(networks.map(({ cost, test }) => ({ x: cost / size, ...test }))).map(uprightBar)
  return option([
    ...lines.flatMap(({ series, curve, ...look }): SeriesOption[] => {
      const { line, dash } = seriesStyle(look)
      const points = curve.map(({ cost, ...value }) => ({ x: cost / size, ...value }))
      const places = points.map(({ x, mean }) => [x, mean])
      return [
        ...(lines.length <= mostBands ? spreadBand(series, boundsOf(points), { colour: line[frame.theme] }) : []),
        dataLine(series, places, { colour: line[frame.theme], dash }),
      ]
    }),
    dataLine('best static', [...steps, [xHigh, steps.at(-1)![1]!]], {
      colour: colours.text,
      width: 1,
      dash: [4, 3],
      step: 'end',
      silent: true,
    }),
    ...errorBars('static networks', bars, { colour: colours.text }),
    dataLine(
      'static networks',
      networks.map(({ cost, test }) => [cost / size, test.mean]),
      {
        ...{ colour: colours.text, width: 0, showSymbol: true, ...markerSymbol(backboneMarker, 9) },
      },
    ),
  ])
}

/** Of the first series, which all others on the same data share: the best network up to the cost of each, where it changes. */
function bestUpTo({ networks, series }: StaticNetworksAnswer): { cost: number; test: StaticNetwork['test'] }[] {
  const { networks: names, best } = series.find((each) => each.networks.length > 0)!
  const find = (name: string) => networks.find((each) => each.name === name)!
  return names.map((name, index) => ({ cost: find(name).cost, test: find(best[index]!).test }))
}
