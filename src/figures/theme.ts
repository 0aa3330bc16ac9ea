import type { FigureTheme } from './regimes.ts'

/** Colours of everything in a figure that is not data. */
export interface FigureColours {
  surface: string
  text: string
  muted: string
  grid: string
  axis: string
  /** What a reader has chosen or moves. */
  accent: string
}

export const figureColours: Record<FigureTheme, FigureColours> = {
  light: { surface: '#ffffff', text: '#1c2026', muted: '#545c68', grid: '#e8eaee', axis: '#8d95a1', accent: '#4b4fce' },
  dark: { surface: '#181a1f', text: '#e6e8ec', muted: '#a3abb7', grid: '#2a2e35', axis: '#6a727e', accent: '#a3a5ff' },
}

/** Faces that every journal and every machine has, or one of the same widths. Names without quotes, so that the list may stand in any attribute. */
export const figureFont = 'Helvetica, Arial, Liberation Sans, Noto Sans, sans-serif'

/** Pixels of every text in a chart, whatever the chart's size. */
export const figureFontSize = 11
