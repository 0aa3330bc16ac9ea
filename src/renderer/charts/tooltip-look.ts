import type { FigureTheme } from '../../figures/regimes.ts'
import { figureColours, figureFont, figureFontSize } from '../../figures/theme.ts'

/** How the values under the pointer look. Drawn, not written into the page: the page allows no styles from elsewhere. */
export function tooltipLook(theme: FigureTheme) {
  const { surface, text, axis } = figureColours[theme]
  return {
    renderMode: 'richText' as const,
    confine: true,
    backgroundColor: surface,
    borderColor: axis,
    padding: [5, 8],
    textStyle: { color: text, fontSize: figureFontSize, fontFamily: figureFont, lineHeight: 15 },
  }
}

/** The line under the pointer in a figure of lines. */
export function tooltipPointer(theme: FigureTheme) {
  const lineStyle = { color: figureColours[theme].axis, width: 1, type: 'solid' as const }
  return { type: 'line' as const, lineStyle, label: { show: false } }
}

/** Value on the horizontal axis of the marks that a tooltip is about. */
export function horizontalOf(marks: unknown): number {
  const [mark] = (Array.isArray(marks) ? marks : [marks]) as { value: [number, number] }[]
  return mark!.value[0]
}
