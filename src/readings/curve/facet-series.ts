import { regimeLooks } from '../../shared/experiment/series.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { budgetPoints, shownSeries, type CostCurveSeries, type CurveAnswer } from './schema.ts'

/** Which series are drawn, and by which setting they are parted. */
interface FacetView {
  hidden?: readonly string[]
  facets?: string | null
}

/** Series that share a value of a setting, in a plot of their own. */
export interface Facet {
  title: string
  series: CostCurveSeries[]
  /** Of them at the budget that the figure marks; null: none is within it. */
  best: CostCurveSeries | null
}

export interface Facets {
  /** Of the setting. */
  path: string
  name: string
  facets: Facet[]
  /** Whether lines have names; of more in a plot the best alone is named. */
  isNamed: boolean
  /** Place of each regime in the palette, where lines look like it: each plot is of one, or they are too many to be told apart; else null. */
  byRegime: Map<string | null, number | null> | null
  /** Place of a series among the combinations of the settings that its plot leaves open, the same in every plot. */
  variantOf(series: CostCurveSeries): number
  /** Cost at which the best is read, on the axis. */
  at: number
}

/** Beyond as many, series are parted into plots unless it is asked for otherwise: their names would eat the plot. */
const mostTogether = 7
/** More plots are too small. */
const mostFacets = 8
/** Lines of a plot that can be told apart. */
const mostNamed = 5

/** The series that are shown, by a setting; null: in one plot. */
export function facetsOf(data: CurveAnswer, view: FacetView): Facets | null {
  const { factors = [] } = data
  const shown = shownSeries(data, view)
  const curves = shown.filter((series) => !isStatic(series))
  const split = (of: typeof shown) => factors.filter((_, f) => new Set(of.map(({ levels }) => levels?.[f])).size > 1)
  const automatic = curves.length > mostTogether && split(curves).find(({ levels }) => levels.length <= mostFacets)
  const factor = view.facets ? split(shown).find(({ path }) => path === view.facets) : automatic
  if (!factor) return null
  const place = factors.indexOf(factor)
  const at = markedCost(data)
  const sign = primaryMetric(data).higherIsBetter ? 1 : -1
  const facets = factor.levels.flatMap((title, level) => {
    const series = shown.filter(({ levels }) => levels?.[place] === level)
    return series.length === 0 ? [] : [{ title, series, best: bestAt(series, at, sign) }]
  })
  const isNamed = facets.every(({ series }) => series.length <= mostNamed)
  const byRegime = factor.path === 'regime' || !isNamed ? regimeLooks(data.series) : null
  const open = ({ levels }: CostCurveSeries) => levels!.filter((_, f) => f !== place).join()
  const variants = [...new Set(shown.map(open))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const variantOf = (series: CostCurveSeries) => variants.indexOf(open(series))
  return { path: factor.path, name: factor.name, facets, isNamed, byRegime, variantOf, at }
}

/** Whether a series is a static network, which is a point: its settings alone part no curves. */
export const isStatic = ({ exits }: CostCurveSeries): boolean => exits.length === 1

/** How regimes look where the figure draws every series as its regime; else null. */
export const looksByRegime = (data: CurveAnswer, view: FacetView) => facetsOf(data, view)?.byRegime ?? null

/** The budget nearest to half of the backbone's cost, or the middle one; where there is none, the end of the curves. */
function markedCost({ axis, budgets }: CurveAnswer): number {
  if (budgets.length === 0) return Infinity
  if (axis === 'share') return budgets.reduce((a, b) => (Math.abs(b - 0.5) < Math.abs(a - 0.5) ? b : a))
  return budgets[Math.floor((budgets.length - 1) / 2)]!
}

/** The mean within a cost, as budgets are read. */
const valueWithin = (series: CostCurveSeries, cost: number): number | null =>
  budgetPoints(series).findLast((point) => point.cost <= cost)?.mean ?? null

function bestAt(series: readonly CostCurveSeries[], cost: number, sign: 1 | -1): CostCurveSeries | null {
  const read = series.flatMap((each) => {
    const value = valueWithin(each, cost)
    return value === null ? [] : [{ each, value }]
  })
  return read.length === 0 ? null : read.reduce((a, b) => (sign * b.value > sign * a.value ? b : a)).each
}

/** A series in its facet: its values of the other settings. `pooled, 256, 0.002` */
export function nameInFacet({ factors = [] }: CurveAnswer, path: string, series: CostCurveSeries): string {
  const words = factors.flatMap((factor, f) => (factor.path === path ? [] : [factor.levels[series.levels![f]!]!]))
  return words.join(', ')
}
