import { pieceRoom, type EndLabel } from '../../../figures/end-labels.ts'
import { hasTitle, textWidth, type FigureFrame, type Plot } from '../../../figures/plot.ts'
import { seriesStyle } from '../../../figures/regimes.ts'
import { wrapped } from '../../../figures/text.ts'
import { roundTicks, tickText } from '../../../figures/ticks.ts'
import { costAxes } from '../../../shared/evaluation/cost-axis.ts'
import { unitOf } from '../../../shared/evaluation/cost-kind.ts'
import { withUnit } from '../../../shared/methods/metric.ts'
import { measuredMetric } from '../../../shared/tables/table-words.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import { budgetPoints, type CostCurveSeries, type CurveAnswer } from '../schema.ts'
import { isStatic, nameInFacet, type Facet, type Facets } from '../facet-series.ts'
import { noteIn } from './note.ts'
import { costTicks, costTitleOf, drawnSeries, rangeOf, tickText as costText, valuesOf } from './scales.ts'
import type { CostCurveView } from './view.ts'

export interface PlacedFacet extends Facet {
  plot: Plot
  /** Names behind the ends of its lines. */
  labels: EndLabel[]
  /** Lines below its title: the name of the best, where lines have none. */
  words: string[]
}

/** Plots with one scale, and what stands around them. Pixels. */
interface PlacedFacets {
  facets: PlacedFacet[]
  /** Of the figure, where none is given: each row of plots has its own. */
  height: number
  title: string
  x: { ticks: readonly number[]; text: (tick: number) => string; title: string[] }
  y: { ticks: readonly number[]; text: (tick: number) => string }
  note: string[]
  /** Where the title of the horizontal axis begins. */
  foot: number
}

/** A plot is not narrower, else they stand in several rows. */
const narrowest = 74
export const edge = 8
export const lineHeight = 15
const nameGap = 10
/** Between a plot and the names behind it. */
export const gapOf = (labels: readonly EndLabel[]): number =>
  labels.some(({ hasPiece }) => hasPiece) ? nameGap + pieceRoom : nameGap
const rowHeight = 180

/** Plots side by side, in rows where they would be too narrow. */
export function placeFacets(
  data: CurveAnswer,
  facets: Facets,
  { frame, view }: { frame: FigureFrame; view: CostCurveView },
): PlacedFacets {
  const drawn = { ...data, series: drawnSeries(data, view) }
  const [x, y] = [rangeOf(drawn), valuesOf({ ...drawn, backbones: [] })]
  const metric = primaryMetric(data)
  const xText = costText(data, x, unitOf(data, view.unit))
  const yTicks = roundTicks(y.low, y.high, 8)
  const yText = tickText(yTicks)
  const { isNamed } = facets
  const labels = facets.facets.map((facet) => (isNamed ? labelsOf(data, facets, facet, frame) : []))
  const behind = gapOf(labels.flat()) + Math.max(0, ...labels.flat().map(({ text }) => textWidth(text) + 4))
  const left = edge + 6 + Math.max(...yTicks.map((tick) => textWidth(yText(tick))))
  const count = facets.facets.length
  const columns = Math.max(1, Math.min(count, Math.floor((frame.width - left) / (narrowest + behind))))
  const rows = Math.ceil(count / columns)
  const width = (frame.width - left - edge) / columns
  const words = facets.facets.map((facet) => (isNamed ? [] : bestWords(data, facets.path, facet, width - behind)))
  const head = 22 + lineHeight * Math.max(...words.map(({ length }) => length))
  const xTitle = wrapped(costTitleOf(drawn, view), frame.width - 2 * edge)
  const note = hasTitle(frame) ? wrapped(noteOf(data, facets, xText), frame.width - 2 * edge) : []
  const foot = frame.height - lineHeight * (xTitle.length + note.length) - 2
  const [top, bottom] = [22, foot - 4]
  const placed = facets.facets.map((facet, index): PlacedFacet => {
    const [column, row] = [index % columns, Math.floor(index / columns)]
    const begin = left + column * width
    const from = top + (row * (bottom - top)) / rows
    const to = top + ((row + 1) * (bottom - top)) / rows
    const plot = { left: begin, right: begin + width - behind, top: from + head, bottom: to - 22, x, y }
    return { ...facet, plot, labels: labels[index]!, words: words[index]! }
  })
  return {
    facets: placed,
    height: frame.height + (rows - 1) * rowHeight,
    title: withUnit(measuredMetric(drawn.series, metric), metric),
    x: { ticks: costTicks(data, x, unitOf(data, view.unit)), text: xText, title: xTitle },
    y: { ticks: yTicks, text: yText },
    note,
    foot,
  }
}

/** What the figure shows, and what its names are. */
function noteOf(data: CurveAnswer, { path, at }: Facets, text: (cost: number) => string): string {
  const others = (data.factors ?? []).filter((factor) => factor.path !== path).map(({ name }) => name)
  const budget = `${text(at)}${costAxes[data.axis].absolute ? '' : '\u00a0%'}`
  return [
    noteIn(data),
    `thick: best of a plot${Number.isFinite(at) ? ` at ${budget}` : ''}`,
    ...(others.length === 0 ? [] : [`names: ${others.join(', ')}`]),
  ].join(' · ')
}

/** Of lines of one colour: those with the same values of the other settings have the same in every plot. */
const dashes = [[], [6, 3], [2, 2], [9, 3, 2, 3], [1, 3]]

/** The look of a series, or the colour of its regime, with a dash of its own where it is named. */
export function lookOf(series: CostCurveSeries, { byRegime, isNamed, variantOf }: Facets) {
  if (!byRegime) return seriesStyle(series)
  const dash = isNamed ? dashes[variantOf(series) % dashes.length]! : []
  return { ...seriesStyle({ ...series, look: byRegime.get(series.regime) ?? null }), dash }
}

function labelsOf(data: CurveAnswer, facets: Facets, { series }: Facet, { theme }: FigureFrame): EndLabel[] {
  return series.map((each) => {
    const { line, ink, dash } = lookOf(each, facets)
    const last = budgetPoints(each).at(-1)!
    return {
      text: nameInFacet(data, facets.path, each),
      end: [last.cost, last.mean],
      colour: line[theme],
      ink: ink[theme],
      ...(!isStatic(each) && { dash, hasPiece: facets.byRegime !== null }),
    }
  })
}

const bestWords = (data: CurveAnswer, path: string, { best }: Facet, room: number) =>
  best ? wrapped(nameInFacet(data, path, best), room) : []
