import type { EChartsOption, GraphicComponentOption, SeriesOption } from 'echarts'
import { baseOption, gridOf, tickLabels } from '../../../figures/base-option.ts'
import { endLabels } from '../../../figures/end-labels.ts'
import { boundsOf, dataLine, guideLines, spreadBand, type LineLook } from '../../../figures/marks.ts'
import { textWidth, type FigureFrame } from '../../../figures/plot.ts'
import { seriesStyle } from '../../../figures/regimes.ts'
import { fitting, lineOfText } from '../../../figures/text.ts'
import { figureColours } from '../../../figures/theme.ts'
import { budgetPoints, type CostCurveSeries, type CurveAnswer } from '../schema.ts'
import { isStatic, type Facets } from '../facet-series.ts'
import { edge, gapOf, lineHeight, lookOf, placeFacets, type PlacedFacet } from './facet-places.ts'
import type { CostCurveView } from './view.ts'

/** A plot for each value of a setting: its series in colour, the best thick with its band, the others behind it in grey. */
export function facetsOption(
  data: CurveAnswer,
  facets: Facets,
  { frame, view }: { frame: FigureFrame; view: CostCurveView },
): EChartsOption {
  const placed = placeFacets(data, facets, { frame, view })
  const { x, y, note, foot } = placed
  const colours = figureColours[frame.theme]
  const all = facets.facets.flatMap(({ series }) => series)
  const lines = [...x.title.map((text) => ({ text, isTitle: true })), ...note.map((text) => ({ text, isTitle: false }))]
  return {
    ...baseOption(frame),
    grid: placed.facets.map(({ plot }) => gridOf(plot, frame)),
    xAxis: placed.facets.map(({ plot }, gridIndex) => {
      const ticks = thinned(x.ticks, x.text, plot.right - plot.left)
      return {
        ...{ gridIndex, type: plot.x.log ? ('log' as const) : ('value' as const), min: plot.x.low, max: plot.x.high },
        axisLine: { show: true, onZero: false, lineStyle: { color: colours.axis, width: 1 } },
        axisTick: { show: true, length: 4, lineStyle: { color: colours.axis }, customValues: ticks },
        axisLabel: { ...tickLabels(ticks, frame), formatter: x.text },
        splitLine: { show: false },
      }
    }),
    yAxis: placed.facets.map(({ plot }, gridIndex) => ({
      ...{ gridIndex, type: 'value' as const, min: plot.y.low, max: plot.y.high },
      axisLine: { show: false },
      axisTick: { show: false, customValues: [...y.ticks] },
      axisLabel: {
        ...tickLabels([...y.ticks], frame),
        show: plot.left === placed.facets[0]!.plot.left,
        formatter: y.text,
      },
      splitLine: { show: true, lineStyle: { color: colours.grid, width: 1 } },
    })),
    series: placed.facets.flatMap((facet, index) =>
      seriesOf(facet, { all, facets, frame, focused: view.focused ?? [] }).map(
        (each) => ({ ...each, xAxisIndex: index, yAxisIndex: index }) as SeriesOption,
      ),
    ),
    graphic: [
      lineOfText(placed.title, { x: edge, y: 12, colour: colours.text }),
      ...placed.facets.flatMap((facet) => headOf(facet, frame)),
      ...placed.facets.flatMap(({ labels, plot }) => endLabels(labels, plot, gapOf(labels))),
      ...lines.map(({ text, isTitle }, index) => {
        const at = foot + lineHeight * (index + 0.5)
        return isTitle
          ? lineOfText(text, { x: frame.width / 2, y: at, colour: colours.text, align: 'center' })
          : lineOfText(text, { x: edge, y: at + 2, colour: colours.muted })
      }),
    ],
  }
}

/** As many ticks as have room, the last one among them. */
function thinned(ticks: readonly number[], text: (tick: number) => string, width: number): number[] {
  const widest = Math.max(...ticks.map((tick) => textWidth(text(tick)))) + 8
  const every = Math.max(1, Math.ceil((ticks.length * widest) / width))
  return ticks.filter((_, index) => index % every === (ticks.length - 1) % every)
}

interface Around {
  all: readonly CostCurveSeries[]
  facets: Facets
  frame: FigureFrame
  focused: readonly string[]
}

function seriesOf({ series, best }: PlacedFacet, { all, facets, frame: { theme }, focused }: Around): SeriesOption[] {
  const { at, isNamed: few } = facets
  const colours = figureColours[theme]
  const own = series.filter(({ name }) => focused.includes(name))
  const strong = own.length > 0 ? own : series.filter((each) => each === best)
  const guide = { xAxis: at, lineStyle: { color: colours.axis, width: 1, type: [2, 3], opacity: 0.8 } }
  return [
    guideLines(Number.isFinite(at) ? [guide] : [], colours),
    ...all
      .filter((each) => !series.includes(each))
      .map((each) => lineOf(each, { colour: colours.grid, width: 0.75, silent: true, z: 1 })),
    ...series
      .filter((each) => !strong.includes(each))
      .map((each) => {
        const look = lookOf(each, facets)
        const opacity = few ? 1 : 0.5
        return lineOf(each, { colour: look.line[theme], width: 1, dash: look.dash, opacity })
      }),
    ...strong.flatMap((each) => strongLine(each, { facets, theme })),
  ]
}

/** A line, of a static network a dot. */
function lineOf(series: CostCurveSeries, look: LineLook) {
  const places = budgetPoints(series).map(({ cost, mean }) => [cost, mean])
  const dot = { showSymbol: true, symbol: 'circle', symbolSize: 2 + 2 * (look.width ?? 1) }
  return dataLine(series.name, places, { ...look, ...(isStatic(series) && dot) })
}

function strongLine(
  series: CostCurveSeries,
  { facets, theme }: { facets: Facets; theme: FigureFrame['theme'] },
): SeriesOption[] {
  const { line, dash } = lookOf(series, facets)
  const bounds = boundsOf(series.curve.map(({ cost, mean, std }) => ({ x: cost, mean, std })))
  return [
    ...spreadBand(series.name, bounds, { colour: line[theme] }),
    lineOf(series, { colour: line[theme], width: 2.25, dash, z: 4 }),
  ]
}

/** The value of the setting, and below it the name of the best where lines have none. */
function headOf({ title, plot, best, words }: PlacedFacet, { theme }: FigureFrame): GraphicComponentOption[] {
  const { text } = figureColours[theme]
  const top = plot.top - 10 - lineHeight * words.length
  return [
    lineOfText(fitting(title, plot.right - plot.left), { x: plot.left, y: top, colour: text, weight: 500 }),
    ...words.map((line, index) =>
      lineOfText(line, {
        ...{ x: plot.left, y: top + lineHeight * (index + 1) },
        colour: best ? seriesStyle({ ...best, look: null }).ink[theme] : text,
      }),
    ),
  ]
}
