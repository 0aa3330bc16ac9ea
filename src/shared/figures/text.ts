import { figureFont, figureFontSize } from './theme.ts'

export interface TextPlace {
  /** Left end (or centre, as `align` says) and middle of the line, in pixels. */
  x: number
  y: number
  colour: string
  weight?: 400 | 500
  align?: 'left' | 'center'
}

/** One line of text as an ECharts graphic element. */
export function lineOfText(text: string, { x, y, colour, weight = 400, align = 'left' }: TextPlace) {
  const font = `${weight} ${figureFontSize}px ${figureFont}`
  const style = { text, fill: colour, font, align, verticalAlign: 'middle' as const }
  return { type: 'text' as const, silent: true, x, y, style }
}
