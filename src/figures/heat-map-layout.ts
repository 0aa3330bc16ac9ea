import { colourBarWidth, type ColourScale } from './colour-bar.ts'
import { textWidth, type FigureFrame } from './plot.ts'
import type { FigureTheme } from './regimes.ts'
import { fittingApart } from './text.ts'

/** Columns at places of a numeric axis, ascending. */
export interface HeatMapAxis {
  values: readonly number[]
  low: number
  high: number
  ticks: readonly {
    at: number
    text: string
    /** Default: muted. */
    colour?: Record<FigureTheme, string>
    align?: 'left' | 'center' | 'right'
  }[]
}

/** Amounts by row and column, as colours of `low` … `high`. */
export interface HeatMapData extends ColourScale {
  /** Quantity and unit of the colours. */
  title?: string
  /** Line below the cells. */
  note?: string
  rows: readonly string[]
  /** Common label of consecutive rows, at the first of them; null at the others. */
  rowGroups?: readonly (string | null)[]
  columns: readonly { label: string }[] | HeatMapAxis
  /** Whether labels that are wider than their columns stand upright, instead of being cut or left out. */
  mayStandUpright?: boolean
  /** [rows][columns]; null: none. */
  values: readonly (readonly (number | null)[])[]
  /** Text printed instead of the value if there is space: `0.91 ± 0.05`. */
  texts?: readonly (readonly (string | null)[])[]
  /** One of several maps that have one colour bar. */
  withoutBar?: boolean
  /** Row and column of a cell that is outlined. */
  outlined?: readonly [number, number]
  /** Cells that are highlighted, on a screen alone. */
  focused?: readonly (readonly [number, number])[]
  /** Rows that have a gap below. */
  gapsAfter?: readonly number[]
  /** Rows and columns that sum up the others: apart from them, with a heavier label. */
  strong?: { rows?: readonly number[]; columns?: readonly number[] }
}

/** From one edge to the other, in whole pixels. */
export interface Span {
  from: number
  to: number
}

/** Layout of a heat map (pixels). */
export interface HeatMapLayout {
  /** Labels of rows and of their groups, cut to the room that they have, and the right end of those of rows. */
  rowTexts: readonly string[]
  groupTexts: readonly string[]
  labelsRight: number
  rows: readonly Span[]
  columns: readonly Span[]
  /** Whether the labels of the columns stand upright. */
  upright: boolean
  /** Left edge of the colour bar. */
  bar: number
  /** The rectangle around all cells. */
  left: number
  right: number
  top: number
  bottom: number
}

const edge = 8
/** Between rows or columns that belong to different groups. */
const groupGap = 6
/** Gap between labelled cells. */
const cellGap = 2
/** Height of the title. */
const heading = 24
const axisHeight = 20
const noteHeight = 16

/** Share of the width that labels of rows and of groups leave to the cells, at least. */
const leastOfCells = 0.4
const gapBehindGroups = 14

export function heatMapLayout(data: HeatMapData, frame: FigureFrame): HeatMapLayout {
  const { rowTexts, groupTexts } = labelTexts(data, (1 - leastOfCells) * frame.width)
  const groupsWidth = data.rowGroups === undefined ? 0 : widest(groupTexts) + gapBehindGroups
  const labelsRight = edge + groupsWidth + widest(rowTexts)
  const left = labelsRight + 6
  const bar = frame.width - edge - (data.withoutBar ? 0 : colourBarWidth(data))
  const right = data.withoutBar ? bar : bar - 10
  const title = data.title === undefined ? 4 : heading
  const labels = isNamed(data.columns) ? data.columns.map(({ label }) => label) : []
  const upright = data.mayStandUpright === true && widest(labels) > (right - left) / labels.length
  const top = title + (upright ? widest(labels) + 8 : labels.length > 0 ? 18 : 0)
  const note = data.note === undefined ? 0 : noteHeight
  const bottom = frame.height - note - (isNamed(data.columns) ? edge : axisHeight + edge)
  const columns = isNamed(data.columns)
    ? spread(data.columns.length, { from: left, to: right }, before(data.strong?.columns))
    : between(data.columns, { from: left, to: right })
  const rows = spread(data.rows.length, { from: top, to: bottom }, [
    ...(data.gapsAfter ?? []).map((row) => row + 1),
    ...before(data.strong?.rows),
  ])
  return { rowTexts, groupTexts, labelsRight, rows, columns, upright, bar, left, right, top, bottom }
}

export function isNamed(columns: HeatMapData['columns']): columns is readonly { label: string }[] {
  return Array.isArray(columns)
}

/** Pixel position of a value on a numeric axis. */
export function pixelOnAxis({ low, high }: HeatMapAxis, value: number, { left, right }: HeatMapLayout): number {
  return left + ((value - low) / (high - low)) * (right - left)
}

/** Position of a cell in its row and column: cells of a numeric axis touch, labelled cells have gaps. */
export function cellOf(data: HeatMapData, row: Span, column: Span) {
  const gap = isNamed(data.columns) ? cellGap : 0
  return { x: column.from, y: row.from, width: column.to - column.from - gap, height: row.to - row.from - gap }
}

/** Those of groups have what those of rows leave. */
function labelTexts({ rows, rowGroups }: HeatMapData, width: number) {
  if (rowGroups === undefined) return { rowTexts: fittingApart(rows, width), groupTexts: [] }
  const rowTexts = fittingApart(rows, width / 2)
  const groups = rowGroups.map((group) => group ?? '')
  return { rowTexts, groupTexts: fittingApart(groups, width - widest(rowTexts) - gapBehindGroups) }
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(textWidth))
}

const before = (places: readonly number[] = []) => places.filter((place) => place > 0)

/** Equal shares, with a gap before some of them. */
function spread(count: number, { from, to }: Span, gapsBefore: readonly number[]): Span[] {
  const gaps = new Set(gapsBefore)
  const size = (to - from - groupGap * gaps.size) / count
  const shift = (place: number) => groupGap * [...gaps].filter((gap) => gap <= place).length
  return Array.from({ length: count }, (_, place) => ({
    from: Math.round(from + place * size + shift(place)),
    to: Math.round(from + (place + 1) * size + shift(place)),
  }))
}

/** Each value's part of the axis: half way to its neighbours, and to the ends of the axis. */
function between({ values, low, high }: HeatMapAxis, { from, to }: Span): Span[] {
  const pixel = (value: number) => Math.round(from + ((value - low) / (high - low)) * (to - from))
  const edges = values.slice(1).map((value, index) => pixel((value + values[index]!) / 2))
  return values.map((_, index) => ({ from: edges[index - 1] ?? pixel(low), to: edges[index] ?? pixel(high) }))
}
