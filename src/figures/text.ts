import { textWidth } from './plot.ts'
import { figureFont, figureFontSize } from './theme.ts'

export interface TextPlace {
  /** Left end (or centre, or right end, as `align` says) and middle of the line, in pixels. */
  x: number
  y: number
  colour: string
  weight?: 400 | 500
  align?: 'left' | 'center' | 'right'
}

/** One line of text as an ECharts graphic element. */
export function lineOfText(text: string, { x, y, colour, weight = 400, align = 'left' }: TextPlace) {
  const font = `${weight} ${figureFontSize}px ${figureFont}`
  const style = { text, fill: colour, font, align, verticalAlign: 'middle' as const }
  return { type: 'text' as const, silent: true, x, y, style }
}

/** A text as lines no wider than `width` pixels, broken between words. An empty text has none. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
    if (lines.length > 0 && textWidth(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** A text of at most `width` pixels: a longer one is cut and ends with an ellipsis. */
export function fitting(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let end = text.length - 1
  while (end > 1 && textWidth(`${text.slice(0, end)}…`) > width) end--
  return `${text.slice(0, end).trimEnd()}…`
}
