import { textWidth } from './plot.ts'
import { figureFont, figureFontSize } from './theme.ts'

interface PlacedText {
  /** Left end (or centre, or right end, as `align` says) and middle of the line, in pixels. */
  x: number
  y: number
  colour: string
  weight?: 400 | 500
  align?: 'left' | 'center' | 'right'
}

/** One line of text as an ECharts graphic element. */
export function lineOfText(text: string, { x, y, colour, weight = 400, align = 'left' }: PlacedText) {
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
export const fitting = (text: string, width: number): string => cut(text, width, 1)

/** Positions at which long texts are cut, as the share of the kept text before the ellipsis: at the end, within, at the start. */
const cuts = [1, 0.75, 0.5, 0.25, 0]

/** Texts of at most `width` pixels each. Longer ones are all cut at the place that leaves the most texts different. */
export function fittingApart(texts: readonly string[], width: number): string[] {
  const candidates = cuts.map((share) => texts.map((text) => cut(text, width, share)))
  const different = (each: readonly string[]) => new Set(each).size
  const most = Math.max(...candidates.map(different))
  return candidates.find((each) => different(each) === most)!
}

function cut(text: string, width: number, share: number): string {
  if (textWidth(text) <= width) return text
  let kept = text.length - 1
  const shortened = () => {
    const head = Math.round(share * kept)
    return `${text.slice(0, head).trimEnd()}…${text.slice(text.length - (kept - head)).trimStart()}`
  }
  while (kept > 1 && textWidth(shortened()) > width) kept--
  return shortened()
}
