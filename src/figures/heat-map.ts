import type { CustomSeriesOption, EChartsOption, GraphicComponentOption } from 'echarts'
import { baseOption } from './base-option.ts'
import { colourBar, colourOf, inkOf, scaleText, shareOf } from './colour-bar.ts'
import {
  cellOf,
  heatMapLayout,
  isNamed,
  pixelOnAxis,
  type HeatMapData,
  type HeatMapLayout,
  type Span,
} from './heat-map-layout.ts'
import { hasTitle, textWidth, type FigureFrame } from './plot.ts'
import type { FigureTheme } from './regimes.ts'
import { fitting, lineOfText } from './text.ts'
import { figureColours, figureFont, figureFontSize } from './theme.ts'

/** Pixels. */
const tallestBar = 240

/** Position of the colour bar of a map with given upper and lower ends. */
export function barPlace(left: number, { top, bottom }: { top: number; bottom: number }) {
  return { left, top, bottom: Math.min(bottom, top + tallestBar) }
}

/** A heat map: rows by columns, their values printed where there is room, a colour bar with its ends. A function of data and size alone. */
export function heatMapOption(data: HeatMapData, frame: FigureFrame): EChartsOption {
  const { title, ...untitled } = data
  return { ...baseOption(frame), ...heatMapParts(title !== undefined && hasTitle(frame) ? data : untitled, frame) }
}

/** Elements of a heat map at a position in a larger figure. */
export function heatMapParts(data: HeatMapData, frame: FigureFrame, { x, y } = { x: 0, y: 0 }) {
  const colours = figureColours[frame.theme]
  const layout = heatMapLayout(data, frame)
  const children: GraphicComponentOption[] = [
    ...(data.title === undefined ? [] : [lineOfText(data.title, { x: 8, y: 12, colour: colours.text })]),
    ...rowLabels(data, layout, colours.text),
    ...columnLabels(data, layout, frame),
    ...(data.withoutBar ? [] : colourBar(data, barPlace(layout.bar, layout), colours)),
  ]
  const isWhole = x === 0 && y === 0
  return {
    series: [cells(data, layout, { theme: frame.theme, x, y })],
    graphic: isWhole ? children : [{ type: 'group' as const, x, y, children }],
  }
}

/** One mark for each cell, in rows; its value is [column, row, value]. */
function cells(
  data: HeatMapData,
  layout: HeatMapLayout,
  { theme, x, y }: { theme: FigureTheme; x: number; y: number },
): CustomSeriesOption {
  const { grid, muted, text: stroke } = figureColours[theme]
  const outline = { stroke, lineWidth: 2 }
  const all = data.values.flatMap((values, row) =>
    values.map((value, column) => ({
      value,
      text: value === null ? '–' : scaleText(data, value),
      long: data.texts?.[row]?.[column] ?? null,
      at: [column, row, value ?? '-'],
      shape: cellOf(data, layout.rows[row]!, layout.columns[column]!),
      outlined: data.outlined?.[0] === row && data.outlined[1] === column,
      strong: data.strong?.rows?.includes(row) || data.strong?.columns?.includes(column),
    })),
  )
  const long = all.every(({ text, long: longer, shape }) => fits(longer ?? text, shape))
  const printed = all.every(({ text, shape }) => fits(text, shape))
  const radius = isNamed(data.columns) ? 2 : 0
  return {
    type: 'custom',
    coordinateSystem: 'none',
    data: all.map(({ at }) => at),
    renderItem: ({ dataIndex }) => {
      const { value, shape, strong, outlined, ...texts } = all[dataIndex]!
      const share = value === null ? null : shareOf(data, value)
      const text = long ? (texts.long ?? texts.text) : texts.text
      const ink = share === null ? muted : inkOf(data, share)
      return {
        type: 'group',
        x,
        y,
        children: [
          {
            type: 'rect',
            shape: { ...shape, r: radius },
            style: { fill: share === null ? grid : colourOf(data, share), ...(outlined && outline) },
          },
          ...(printed ? [cellText(text, shape, { ink, weight: strong ? 500 : 400 })] : []),
        ],
      }
    },
  }
}

type CellShape = ReturnType<typeof cellOf>

function fits(text: string, { width, height }: CellShape): boolean {
  return textWidth(text) + 4 <= width && height >= figureFontSize + 3
}

function cellText(text: string, { x, y, width, height }: CellShape, { ink, weight }: { ink: string; weight: number }) {
  return {
    type: 'text' as const,
    silent: true,
    x: x + width / 2,
    y: y + height / 2,
    style: {
      text,
      fill: ink,
      font: `${weight} ${figureFontSize}px ${figureFont}`,
      align: 'center' as const,
      verticalAlign: 'middle' as const,
    },
  }
}

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
function rowLabels(data: HeatMapData, { rows, labelsRight }: HeatMapLayout, colour: string): GraphicComponentOption[] {
  const every = roomFor(rows[0])
  return data.rows.flatMap((label, row) => {
    const strong = data.strong?.rows?.includes(row) ?? false
    const y = (rows[row]!.from + rows[row]!.to) / 2
    const group = data.rowGroups?.[row]
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

function columnLabels(data: HeatMapData, layout: HeatMapLayout, { theme }: FigureFrame): GraphicComponentOption[] {
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
  // If labels are too long for each other's neighbours, the middle ones are omitted.
  const room = layout.right - layout.left
  const isTight = columns.ticks.reduce((sum, tick) => sum + textWidth(tick.text) + 6, 0) > room
  return columns.ticks.flatMap(({ at, text, colour, align = 'center' }): GraphicComponentOption[] => {
    const label = isTight && align === 'center' ? '' : text
    const x = pixelOnAxis(columns, at, layout)
    const { bottom } = layout
    return [
      { type: 'line', silent: true, shape: { x1: x, y1: bottom, x2: x, y2: bottom + 4 }, style: { stroke: line } },
      lineOfText(label, { x, y: bottom + 13, colour: colour?.[theme] ?? muted, align }),
    ]
  })
}
