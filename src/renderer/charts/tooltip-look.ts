import type { FigureTheme } from '../../shared/figures/regimes.ts'
import { figureColours, figureFont, figureFontSize } from '../../shared/figures/theme.ts'

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
