import { isPaperRegime, type PaperRegime } from '../shared/methods/regime-names.ts'
import type { MarkerName } from './markers.ts'

export const figureThemes = ['light', 'dark'] as const
export type FigureTheme = (typeof figureThemes)[number]

/** Look of a regime in all figures: one colour, dash and marker, used for nothing else. */
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
export const regimeStyles: Record<PaperRegime, RegimeStyle> = {
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

/** Looks of series beyond the first of their regime, one after the other. */
const furtherStyles: readonly RegimeStyle[] = [
  {
    line: { light: '#7b4fb5', dark: '#a98be0' },
    ink: { light: '#64409a', dark: '#bca4ea' },
    dash: [8, 2],
    marker: 'circle',
  },
  {
    line: { light: '#8a5a2b', dark: '#c7976a' },
    ink: { light: '#6e4720', dark: '#d6ae88' },
    dash: [2, 4],
    marker: 'square',
  },
  {
    line: { light: '#c2334d', dark: '#f0788c' },
    ink: { light: '#a32740', dark: '#f49aa9' },
    dash: [],
    marker: 'triangle',
  },
  {
    line: { light: '#7d7f12', dark: '#b9bb4a' },
    ink: { light: '#626410', dark: '#cbcd71' },
    dash: [5, 2, 2, 2],
    marker: 'diamond',
  },
  {
    line: { light: '#00808f', dark: '#3bbcc9' },
    ink: { light: '#006470', dark: '#6fd0da' },
    dash: [3, 3],
    marker: 'triangle-down',
  },
  {
    line: { light: '#5c6f82', dark: '#9db0c2' },
    ink: { light: '#475766', dark: '#b6c5d3' },
    dash: [12, 4],
    marker: 'cross',
  },
  {
    line: { light: '#a3359c', dark: '#d97fd3' },
    ink: { light: '#86297f', dark: '#e39fde' },
    dash: [1, 2],
    marker: 'star',
  },
  {
    line: { light: '#3d4fb0', dark: '#8c9af0' },
    ink: { light: '#313f91', dark: '#a9b3f4' },
    dash: [7, 2, 1, 2, 1, 2],
    marker: 'circle',
  },
]

const markers: readonly MarkerName[] = ['circle', 'square', 'triangle', 'diamond', 'triangle-down', 'cross', 'star']

/**
 * Look of a series: that of its regime (`look` null), or the one of the palette at its place, the first where it has none. Behind the last
 * of the palette its colours and dashes begin again, with other markers.
 */
export function seriesStyle({ regime, look }: { regime: string | null; look: number | null }): RegimeStyle {
  if (look === null && hasLook(regime)) return regimeStyles[regime]
  const round = Math.floor((look ?? 0) / furtherStyles.length)
  const style = furtherStyles[(look ?? 0) % furtherStyles.length]!
  if (round === 0) return style
  return { ...style, marker: markers[(markers.indexOf(style.marker) + round) % markers.length]! }
}

/** Whether a regime has a look of its own; one that is not known has none. */
export const hasLook = (regime: string | null): regime is PaperRegime => regime !== null && isPaperRegime(regime)
