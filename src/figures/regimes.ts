import type { RegimeName } from '../shared/phase.ts'
import type { MarkerName } from './markers.ts'

export const figureThemes = ['light', 'dark'] as const
export type FigureTheme = (typeof figureThemes)[number]

/** How a regime looks wherever it is drawn: one colour, one dash and one marker, never reused for something else. */
export interface RegimeStyle {
  /** Colour of lines and markers: 3:1 against the ground. */
  line: Record<FigureTheme, string>
  /** Colour of words: 4.5:1 against the ground. */
  ink: Record<FigureTheme, string>
  /** Lengths of dashes and gaps in pixels; empty: solid. */
  dash: readonly number[]
  marker: MarkerName
}

/** Okabe and Ito's hues, darkened for white ground and lightened for dark. */
export const regimeStyles: Record<RegimeName, RegimeStyle> = {
  disjoint: {
    line: { light: '#c98300', dark: '#e69f00' },
    ink: { light: '#8f5c00', dark: '#e9b04a' },
    dash: [6, 3],
    marker: 'triangle',
  },
  joint: {
    line: { light: '#0072b2', dark: '#4593e6' },
    ink: { light: '#00629a', dark: '#74b3f2' },
    dash: [2.5, 2.5],
    marker: 'square',
  },
  mixed: {
    line: { light: '#00875f', dark: '#1fb98c' },
    ink: { light: '#00704f', dark: '#45cfa5' },
    dash: [],
    marker: 'circle',
  },
  'branch-wise': {
    line: { light: '#d55e00', dark: '#ef7d33' },
    ink: { light: '#b04a00', dark: '#f39a60' },
    dash: [1, 3],
    marker: 'diamond',
  },
  separate: {
    line: { light: '#3a96d0', dark: '#7cc8f5' },
    ink: { light: '#1b6ea6', dark: '#8fd0f7' },
    dash: [9, 3, 2, 3],
    marker: 'triangle-down',
  },
  alternating: {
    line: { light: '#b7619a', dark: '#d98dbb' },
    ink: { light: '#974b7e', dark: '#e2a6cb' },
    dash: [4, 2, 1, 2],
    marker: 'cross',
  },
  'mixed-gradual': {
    line: { light: '#2b3038', dark: '#e9ebef' },
    ink: { light: '#1c2026', dark: '#e9ebef' },
    dash: [11, 3],
    marker: 'star',
  },
}
