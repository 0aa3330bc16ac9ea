import type { FigureTheme } from './regimes.ts'

/** Shallow to deep, in even steps; 3:1 against the ground. */
export const exitColours: Record<FigureTheme, readonly string[]> = {
  light: ['#b08a00', '#7f9a1c', '#3f9a4a', '#1c8f7c', '#23799a', '#36609c', '#4a4791', '#4d2378'],
  dark: ['#fde725', '#c2df3a', '#86d44e', '#4cc26c', '#2fb0a0', '#4fa0cf', '#8095e0', '#b08be6'],
}

/** Colour of one exit among `exitCount`, the final classifier last: its depth decides, so that the deepest is always the same. */
export function exitColour(exit: number, exitCount: number, theme: FigureTheme): string {
  const colours = exitColours[theme]
  const place = exitCount > 1 ? (exit / (exitCount - 1)) * (colours.length - 1) : colours.length - 1
  const below = Math.floor(place)
  return mixed(colours[below]!, colours[Math.min(below + 1, colours.length - 1)]!, place - below)
}

/** The same for a style sheet with both themes. */
export function exitColourCss(exit: number, exitCount: number): string {
  return `light-dark(${exitColour(exit, exitCount, 'light')}, ${exitColour(exit, exitCount, 'dark')})`
}

function mixed(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((start) => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(start, start + 2), 16))
    return Math.round(a! + share * (b! - a!))
  })
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
