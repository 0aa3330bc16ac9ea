import type { GraphicComponentOption } from 'echarts'
import { markerElement, type MarkerName } from './markers.ts'
import { textWidth } from './plot.ts'
import { lineOfText } from './text.ts'
import type { FigureColours } from './theme.ts'

/** A type of mark and its meaning. */
export interface KeyEntry {
  mark: 'line' | 'line-with-band' | 'dash' | { marker: MarkerName }
  text: string
}

/** Width of the row that `figureKey` draws. */
export function figureKeyWidth(entries: readonly KeyEntry[]): number {
  return entries.reduce((width, { mark, text }) => width + textWidth(text) + 8 + markWidth(mark) + 16, -16)
}

/** Explains kinds of marks in one neutral row that ends at `right`. */
export function figureKey(
  entries: readonly KeyEntry[],
  { right, y, colours }: { right: number; y: number; colours: FigureColours },
): GraphicComponentOption[] {
  let edge = right
  return entries.toReversed().flatMap((entry) => {
    const textX = edge - textWidth(entry.text)
    const markX = textX - 8
    edge = markX - markWidth(entry.mark) - 16
    return [
      ...markOf(entry, { right: markX, y, colours }),
      lineOfText(entry.text, { x: textX, y, colour: colours.muted }),
    ]
  })
}

function markWidth(mark: KeyEntry['mark']): number {
  return mark === 'line' || mark === 'line-with-band' ? 26 : 10
}

function markOf(entry: KeyEntry, { right, y, colours }: { right: number; y: number; colours: FigureColours }) {
  if (typeof entry.mark !== 'string') {
    return [markerElement(entry.mark.marker, { x: right - 4, y, size: 8, colour: colours.text })]
  }
  const line: GraphicComponentOption = {
    type: 'line',
    silent: true,
    shape: { x1: right - markWidth(entry.mark), y1: y, x2: right, y2: y },
    style: { stroke: colours.text, lineWidth: 1.75 },
  }
  const band: GraphicComponentOption = {
    type: 'rect',
    silent: true,
    shape: { x: right - 26, y: y - 4.5, width: 26, height: 9 },
    style: { fill: colours.text, opacity: bandOpacity },
  }
  return entry.mark === 'line-with-band' ? [band, line] : [line]
}

/** Opacity of every ±1 standard deviation band. */
export const bandOpacity = 0.13
/** Opacity of series that are not focused. */
export const fadedOpacity = 0.18

/** Meaning of a series' line and band, by the number of seeds of each; `hasBands`: whether lines have one. */
export function seedsKey(counts: readonly number[], hasBands = true): KeyEntry {
  const distinct = [...new Set(counts)]
  const seeds = distinct.length > 1 ? 'seeds' : distinct[0] === 1 ? '1 seed' : `${distinct[0]} seeds`
  if (!hasBands) return { mark: 'line', text: `mean over ${seeds}` }
  return distinct.some((count) => count > 1)
    ? { mark: 'line-with-band', text: `mean ± 1 std over ${seeds}` }
    : { mark: 'line', text: seeds }
}
