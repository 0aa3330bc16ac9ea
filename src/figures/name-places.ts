import type { GraphicComponentOption } from 'echarts'
import type { EndLabel } from './end-labels.ts'
import { markerElement } from './markers.ts'
import { textWidth, type FigureFrame } from './plot.ts'
import { fittingApart, lineOfText } from './text.ts'

/** Pixels; a narrower figure has no room for names beside its plot. */
const narrow = 420
/** Names that need a larger share of the figure stand above the plot. */
const mostBeside = 0.4
/** More rows of names leave too little of the plot. */
const mostRowsAbove = 3
/** Pixels between the plot and numbers behind it. */
const numberGap = 22
/** Pixels around a figure. */
export const edge = 8
export const nameRowHeight = 16

/** A name in a row, and where it begins. */
export interface NamePlace {
  label: EndLabel
  x: number
}

/** Where names of series stand: behind the ends of their lines, or in rows above or below the plot. */
interface NamesPlaced {
  right: number
  gap: number
  ends: readonly EndLabel[]
  above: readonly (readonly NamePlace[])[]
  below: readonly (readonly NamePlace[])[]
}

/**
 * Behind the ends of the lines where there is room; else above the plot, in few rows. Of more names, each is cut to the room behind
 * the lines of a wide figure; the lines of a narrow one are numbered, and their names stand below the plot: nothing is drawn over it.
 */
export function placeNames(labels: readonly EndLabel[], frame: FigureFrame, gap: number): NamesPlaced {
  const { width, names: asked } = frame
  const none = { right: 2 * edge, gap, ends: [], above: [], below: [] }
  if (labels.length === 0 || asked === 'none') return none
  const widest = Math.max(...labels.map(({ text }) => textWidth(text)))
  const fits = width >= narrow && widest <= mostBeside * width
  if (asked === 'ends' || (asked === undefined && fits)) return { ...none, right: gap + widest + 6, ends: labels }
  const above = flowing(cutTo(labels, width - 2 * edge - markWidth), width)
  if (asked === 'above' || above.length <= mostRowsAbove) return { ...none, above }
  if (width >= narrow) {
    const beside = mostBeside * width
    return { ...none, right: gap + beside + 6, ends: cutTo(labels, beside) }
  }
  return { ...none, ...numbered(labels, width) }
}

/** The end of each line has its number, which stands before its name below the plot. */
function numbered(labels: readonly EndLabel[], width: number): Pick<NamesPlaced, 'right' | 'gap' | 'ends' | 'below'> {
  const number = (index: number) => String(index + 1)
  const named = labels.map((label, index) => ({ ...label, text: `${number(index)}  ${label.text}` }))
  const ends = labels.map(({ marker: _, ...label }, index) => ({ ...label, text: number(index) }))
  const widest = Math.max(...ends.map(({ text }) => textWidth(text)))
  return {
    right: numberGap + widest + 6,
    gap: numberGap,
    ends,
    below: inColumns(cutTo(named, width - 2 * edge - markWidth), width),
  }
}

/** Names of at most so many pixels, which still differ. */
function cutTo(labels: readonly EndLabel[], pixels: number): EndLabel[] {
  const texts = fittingApart(
    labels.map(({ text }) => text),
    pixels,
  )
  return labels.map((label, index) => ({ ...label, text: texts[index]! }))
}

/** One behind the other, as many in a row as fit. */
function flowing(labels: readonly EndLabel[], width: number): NamePlace[][] {
  return inRows(labels, { width: width - 2 * edge, widthOf: nameWidth, gap: nameGap }).map((row) => {
    let x = edge
    return row.map((label) => {
      const place = { label, x }
      x += nameWidth(label) + nameGap
      return place
    })
  })
}

/** Below one another, in as many columns as fit. */
function inColumns(labels: readonly EndLabel[], width: number): NamePlace[][] {
  const step = Math.max(...labels.map(nameWidth)) + nameGap
  const columns = Math.max(1, Math.floor((width - 2 * edge + nameGap) / step))
  const rows = Math.ceil(labels.length / columns)
  return Array.from({ length: rows }, (_, row) =>
    labels.flatMap((label, index) =>
      index % rows === row ? [{ label, x: edge + step * Math.floor(index / rows) }] : [],
    ),
  )
}

/** As many in a row as fit. */
export function inRows<T>(
  all: readonly T[],
  { width, widthOf, gap }: { width: number; widthOf: (each: T) => number; gap: number },
): T[][] {
  const rows: T[][] = []
  let used = Infinity
  for (const each of all) {
    if (used + gap + widthOf(each) <= width) {
      rows.at(-1)!.push(each)
      used += gap + widthOf(each)
    } else {
      rows.push([each])
      used = widthOf(each)
    }
  }
  return rows
}

const markWidth = 18
const nameGap = 14
const nameWidth = ({ text }: EndLabel) => markWidth + textWidth(text)

/** Each name behind a piece of its line with its marker. */
export const nameRow = (row: readonly NamePlace[], y: number): GraphicComponentOption[] =>
  row.flatMap(({ label, x }) => nameEntry(label, x, y))

function nameEntry(
  { text, colour, ink, marker, hollow, dash }: EndLabel,
  x: number,
  y: number,
): GraphicComponentOption[] {
  const line: GraphicComponentOption = {
    type: 'line',
    silent: true,
    shape: { x1: x, y1: y, x2: x + markWidth - 4, y2: y },
    style: { stroke: colour, lineWidth: 1.75, ...(dash && dash.length > 0 ? { lineDash: [...dash] } : {}) },
  }
  return [
    ...(marker && dash === undefined ? [] : [line]),
    ...(marker ? [markerElement(marker, { x: x + markWidth / 2 - 2, y, size: 8, colour, hollow })] : []),
    lineOfText(text, { x: x + markWidth, y, colour: ink, weight: 500 }),
  ]
}
