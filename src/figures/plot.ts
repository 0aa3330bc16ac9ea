import type { FigureTheme } from './regimes.ts'
import { figureFontSize } from './theme.ts'

/** Size in pixels and theme of a figure. */
export interface FigureFrame {
  width: number
  height: number
  theme: FigureTheme
  /** Whether the figure explains its marks itself; off where the page around it does. Default true. */
  key?: boolean
  /** Whether the figure has a title and a note about its computation; off if the page or a caption has them. Default as `key`. */
  title?: boolean
  /** Position of series names. Default: at the ends of their lines; in a narrow figure, above the plot. */
  names?: 'ends' | 'above' | 'none'
}

export function hasKey({ key = true }: FigureFrame): boolean {
  return key
}

export function hasTitle({ key = true, title = key }: FigureFrame): boolean {
  return title
}

interface Range {
  low: number
  high: number
}

/** The rectangle that data is drawn in, in pixels from the figure's top left corner, and the ranges it shows. */
export interface Plot {
  left: number
  right: number
  top: number
  bottom: number
  x: Range & { /** Whether equal distances are equal ratios. */ log?: boolean }
  y: Range
}

/** Pixel position of a value on the horizontal axis. */
export function pixelX({ left, right, x }: Plot, value: number): number {
  const [low, high, at] = x.log ? [Math.log(x.low), Math.log(x.high), Math.log(value)] : [x.low, x.high, value]
  return left + ((at - low) / (high - low)) * (right - left)
}

/** The value of the horizontal axis at a pixel. */
export function valueAtX({ left, right, x }: Plot, pixel: number): number {
  const share = (pixel - left) / (right - left)
  return x.log ? x.low * (x.high / x.low) ** share : x.low + share * (x.high - x.low)
}

/** Pixel position of a value on the vertical axis. */
export function pixelY({ top, bottom, y }: Plot, value: number): number {
  return bottom - ((value - y.low) / (y.high - y.low)) * (bottom - top)
}

/** Width of a text in pixels at the figure's text size; a little generous, for it must hold in any of the faces. */
export function textWidth(text: string): number {
  return [...text].reduce((width, character) => width + figureFontSize * emsOf(character), 0)
}

function emsOf(character: string): number {
  if (/[ .,:;'|!ijlftrI()·]/.test(character)) return 0.36
  if (/[mwMW%…]|[^\u0000-\u024f±·–−]/u.test(character)) return 1
  return /[A-Z±]/.test(character) ? 0.74 : 0.61
}
