import type { GraphicComponentOption } from 'echarts'
import { isNamed, pixelOnAxis, type HeatMapData, type HeatMapLayout, type Span } from './heat-map-layout.ts'
import { textWidth, type FigureFrame } from './plot.ts'
import { fitting, lineOfText } from './text.ts'
import { figureColours } from './theme.ts'

/** As many upright labels as have room, each from its column upwards. */
function uprightLabels(
  columns: readonly { label: string }[],
  layout: HeatMapLayout,
  colour: string,
): GraphicComponentOption[] {
  const every = roomFor(layout.columns[0])
  return columns.flatMap(({ label }, column) => {
    const { from, to } = layout.columns[column]!
    const text = lineOfText(label, { x: (from + to) / 2, y: layout.top - 5, colour })
    return column % every === 0 ? [{ ...text, rotation: Math.PI / 2 }] : []
  })
}

/** Every how many rows, or columns with upright labels, there is room for a line. */
function roomFor(span: Span | undefined): number {
  return Math.max(1, Math.ceil(12 / Math.max(1, span === undefined ? 0 : span.to - span.from)))
}

/** As many row labels as have room, at the right; groups at the left. */
export function rowLabels(
  data: HeatMapData,
  { rows, rowTexts, groupTexts, labelsRight }: HeatMapLayout,
  colour: string,
): GraphicComponentOption[] {
  const every = roomFor(rows[0])
  return rowTexts.flatMap((label, row) => {
    const strong = data.strong?.rows?.includes(row) ?? false
    const y = (rows[row]!.from + rows[row]!.to) / 2
    const group = groupTexts[row]
    const weight = strong ? (500 as const) : (400 as const)
    return [
      ...(strong || row % every === 0
        ? [lineOfText(label, { x: labelsRight, y, colour, weight, align: 'right' })]
        : []),
      ...(group ? [lineOfText(group, { x: 8, y, colour, weight: 500 })] : []),
    ]
  })
}

/** Minimum width in pixels of a shortened label, so that labels remain distinguishable. */
const shortestLabel = 30

/** Every how many columns a label is written: where columns are too narrow for it, fewer labels instead of unreadable ones. */
function labelStep(labels: readonly string[], column: { from: number; to: number } | undefined): number {
  const width = column === undefined ? 0 : column.to - column.from
  const longest = Math.max(...labels.map((label) => textWidth(label)))
  const needed = Math.min(longest + 4, shortestLabel)
  return width <= 0 || longest <= width + 2 ? 1 : Math.max(1, Math.ceil(needed / width))
}

export function columnLabels(
  data: HeatMapData,
  layout: HeatMapLayout,
  { theme }: FigureFrame,
): GraphicComponentOption[] {
  const { text: ink, muted, axis: line } = figureColours[theme]
  const { columns } = data
  if (isNamed(columns) && layout.upright) return uprightLabels(columns, layout, ink)
  if (isNamed(columns)) {
    const every = labelStep(
      columns.map(({ label }) => label),
      layout.columns[0],
    )
    return columns.flatMap(({ label }, column) => {
      if (column % every > 0) return []
      const { from, to } = layout.columns[column]!
      const weight = data.strong?.columns?.includes(column) ? 500 : 400
      return lineOfText(fitting(label, every * (to - from) + 2), {
        x: (from + to) / 2,
        y: layout.top - 10,
        colour: ink,
        weight,
        align: 'center',
      })
    })
  }
  // If labels are too long for each other's neighbours, the middle ones are omitted, and those at the ends share the room.
  const room = layout.right - layout.left
  const isTight = columns.ticks.reduce((sum, tick) => sum + textWidth(tick.text) + 6, 0) > room
  const share = room / columns.ticks.filter(({ align = 'center' }) => align !== 'center').length - 6
  return columns.ticks.flatMap(({ at, text, colour, align = 'center' }): GraphicComponentOption[] => {
    const label = !isTight ? text : align === 'center' ? '' : fitting(text, share)
    const x = pixelOnAxis(columns, at, layout)
    const { bottom } = layout
    return [
      { type: 'line', silent: true, shape: { x1: x, y1: bottom, x2: x, y2: bottom + 4 }, style: { stroke: line } },
      lineOfText(label, { x, y: bottom + 13, colour: colour?.[theme] ?? muted, align }),
    ]
  })
}
