import type { FigureTheme } from '../../figures/regimes.ts'
import { figureColours } from '../../figures/theme.ts'
import type { EChartsOption } from './echarts.ts'

/**
 * A figure of lines, with a text about the place under the pointer. `textAt`: of its value on the horizontal axis, and ECharts'
 * marks of the lines there.
 */
export function withAxisTooltip(
  option: EChartsOption,
  theme: FigureTheme,
  textAt: (x: number, marks: unknown) => string,
): EChartsOption {
  const formatter = (marks: unknown) => textAt(horizontalOf(marks), marks)
  const axisPointer = tooltipPointer(theme)
  return { ...option, tooltip: { ...tooltipLook(theme), trigger: 'axis', axisPointer, formatter } }
}

/** A heat map, with a text about the cell under the pointer. */
export function withCellTooltip(
  option: EChartsOption,
  theme: FigureTheme,
  textOf: (column: number, row: number) => string,
): EChartsOption {
  const formatter = (mark: unknown) => textOf(...(mark as { value: [column: number, row: number] }).value)
  return { ...option, tooltip: { ...tooltipLook(theme), trigger: 'item', formatter } }
}

/** How the values under the pointer look. Drawn, not written into the page: the page allows no styles from elsewhere. */
function tooltipLook(theme: FigureTheme) {
  const { surface, text, axis } = figureColours[theme]
  return {
    renderMode: 'richText' as const,
    confine: true,
    backgroundColor: surface,
    borderColor: axis,
    padding: [5, 8],
    textStyle: { color: text },
  }
}

/** The line under the pointer in a figure of lines. */
function tooltipPointer(theme: FigureTheme) {
  const lineStyle = { color: figureColours[theme].axis, width: 1, type: 'solid' as const }
  return { type: 'line' as const, lineStyle, label: { show: false } }
}

/** Value on the horizontal axis of the marks that a tooltip is about. */
function horizontalOf(marks: unknown): number {
  const [mark] = (Array.isArray(marks) ? marks : [marks]) as { value: [number, number] }[]
  return mark!.value[0]
}
