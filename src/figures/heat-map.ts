import type { CustomSeriesOption, EChartsOption, GraphicComponentOption } from 'echarts'
import { baseOption } from './base-option.ts'
import { colourBar, colourOf, inkOf, scaleText, shareOf } from './colour-bar.ts'
import { columnLabels, rowLabels } from './heat-map-labels.ts'
import { cellOf, heatMapLayout, isNamed, type HeatMapData, type HeatMapLayout } from './heat-map-layout.ts'
import { hasTitle, textWidth, type FigureFrame } from './plot.ts'
import type { FigureTheme } from './regimes.ts'
import { lineOfText } from './text.ts'
import { figureColours, figureFont, figureFontSize } from './theme.ts'

/** Pixels. */
const tallestBar = 240

/** Position of the colour bar of a map with given upper and lower ends. */
export function barPlace(left: number, { top, bottom }: { top: number; bottom: number }) {
  return { left, top, bottom: Math.min(bottom, top + tallestBar) }
}

/** A heat map: rows by columns, their values printed where there is room, a colour bar with its ends. A function of data and size alone. */
export function heatMapOption(data: HeatMapData, frame: FigureFrame): EChartsOption {
  const { title, note, ...untitled } = data
  return {
    ...baseOption(frame),
    ...heatMapParts((title ?? note) !== undefined && hasTitle(frame) ? data : untitled, frame),
  }
}

/** Elements of a heat map at a position in a larger figure. */
export function heatMapParts(data: HeatMapData, frame: FigureFrame, { x, y } = { x: 0, y: 0 }) {
  const colours = figureColours[frame.theme]
  const layout = heatMapLayout(data, frame)
  const children: GraphicComponentOption[] = [
    ...(data.title === undefined ? [] : [lineOfText(data.title, { x: 8, y: 12, colour: colours.text })]),
    ...(data.note === undefined ? [] : [lineOfText(data.note, { x: 8, y: frame.height - 10, colour: colours.muted })]),
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
  const { grid, muted, text: stroke, accent, surface } = figureColours[theme]
  const outline = { stroke, lineWidth: 2 }
  const isAt = (row: number, column: number) => (cell: readonly [number, number]) =>
    cell[0] === row && cell[1] === column
  const all = data.values.flatMap((values, row) =>
    values.map((value, column) => ({
      value,
      text: value === null ? '–' : scaleText(data, value),
      long: data.texts?.[row]?.[column] ?? null,
      at: [column, row, value ?? '-'],
      shape: cellOf(data, layout.rows[row]!, layout.columns[column]!),
      outlined: data.outlined && isAt(row, column)(data.outlined),
      focused: data.focused?.some(isAt(row, column)),
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
      const { value, shape, strong, outlined, focused, ...texts } = all[dataIndex]!
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
          // Behind what every cell has: a part that takes the place of another kind keeps its position.
          ...(focused
            ? [ring(shape, 2, { stroke: accent, lineWidth: 4 }), ring(shape, 4.5, { stroke: surface, lineWidth: 1 })]
            : []),
        ],
      }
    },
  }
}

type CellShape = ReturnType<typeof cellOf>

/** Within a cell, so that the outline of the best stays: two of them are seen on every colour. */
function ring({ x, y, width, height }: CellShape, inset: number, style: { stroke: string; lineWidth: number }) {
  const shape = { x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset }
  return { type: 'rect' as const, silent: true, shape, style: { fill: 'none', ...style } }
}

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
