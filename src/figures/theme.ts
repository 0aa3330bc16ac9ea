import { themeColours } from '../shared/window/theme-colours.ts'
import type { FigureTheme } from './regimes.ts'

/** Colours of everything in a figure that is not data. */
export interface FigureColours {
  surface: string
  text: string
  muted: string
  grid: string
  axis: string
  /** Colours of selected and movable elements. */
  accent: string
}

export const figureColours: Record<FigureTheme, FigureColours> = { light: coloursIn('light'), dark: coloursIn('dark') }

function coloursIn(theme: FigureTheme): FigureColours {
  const { surface, text, muted, grid, axis, accent } = themeColours
  return {
    surface: surface[theme],
    text: text[theme],
    muted: muted[theme],
    grid: grid[theme],
    axis: axis[theme],
    accent: accent[theme],
  }
}

/** Fonts that journals and machines have, or fonts of the same widths. Names without quotes, for use in any attribute. */
export const figureFont = 'Helvetica, Arial, Liberation Sans, Noto Sans, sans-serif'

/** Font size in pixels of all texts in a chart, independent of its size. */
export const figureFontSize = 11
