import type { GraphicComponentOption } from 'echarts'
import { endLabelGap, endLabels, type EndLabel } from './end-labels.ts'
import { figureKey, figureKeyWidth, type KeyEntry } from './key.ts'
import { markerElement } from './markers.ts'
import { hasKey, textWidth, type FigureFrame, type Plot } from './plot.ts'
import { fittingApart, lineOfText } from './text.ts'
import { figureColours } from './theme.ts'

/** Pixels; a narrower figure has no room for names beside its plot. */
const narrow = 420
/** Names that need a larger share of the figure stand above the plot. */
const mostBeside = 0.4
const edge = 8
const keyRowHeight = 18
const nameRowHeight = 16

interface HeadContent {
  /** Quantity: the title of the vertical axis. */
  title: string
  key: readonly KeyEntry[]
  /** The series, where their lines end. */
  labels: readonly EndLabel[]
  /** Pixels between the plot and names behind it. */
  gap?: number
}

/** Texts around a plot: axis title, legend, names of series. */
export interface FigureHead {
  /** Pixels between the plot and the right edge of the figure. */
  right: number
  /** Pixels that rows of the key and of names take above the plot, below the title. */
  rows: number
  draw(plot: Plot): GraphicComponentOption[]
}

/** `y`: the middle of the title's row; `below`: where further rows begin. Pixels from the top of the figure. */
export function figureHead(
  { title, key, labels, gap = endLabelGap }: HeadContent,
  frame: FigureFrame,
  { y, below }: { y: number; below: number },
): FigureHead {
  const colours = figureColours[frame.theme]
  const keyRows = hasKey(frame) ? rowsOfKey(key, textWidth(title), frame.width) : []
  const names = placeNames(labels, frame, gap)
  const keyHeight = keyRowHeight * keyRows.filter(({ isBeside }) => !isBeside).length
  return {
    right: names.right,
    rows: keyHeight + nameRowHeight * names.rows.length,
    draw: (plot) => [
      lineOfText(title, { x: edge, y, colour: colours.text }),
      ...keyRows.flatMap(({ entries, isBeside }, row) => {
        const right = isBeside ? frame.width - edge : edge + figureKeyWidth(entries)
        return figureKey(entries, { right, y: isBeside ? y : below + (row + 0.5) * keyRowHeight, colours })
      }),
      ...names.rows.flatMap((row, index) => nameRow(row, below + keyHeight + (index + 0.5) * nameRowHeight)),
      ...endLabels(names.ends, plot, gap),
    ],
  }
}

/** Beside the title where there is room, else in rows of its own. */
function rowsOfKey(key: readonly KeyEntry[], titleWidth: number, width: number) {
  if (key.length === 0) return []
  if (titleWidth + 40 + figureKeyWidth(key) <= width) return [{ entries: key, isBeside: true }]
  const rows = inRows(key, { width: width - 2 * edge, widthOf: (entry) => figureKeyWidth([entry]), gap: 16 })
  return rows.map((entries) => ({ entries, isBeside: false }))
}

function placeNames(labels: readonly EndLabel[], { width, names: asked }: FigureFrame, gap: number) {
  const widest = Math.max(0, ...labels.map(({ text }) => textWidth(text)))
  const names = asked ?? (width < narrow || widest > mostBeside * width ? 'above' : 'ends')
  if (labels.length === 0 || names === 'none') return { right: 2 * edge, rows: [], ends: [] }
  if (names === 'above') {
    const texts = fittingApart(
      labels.map(({ text }) => text),
      width - 2 * edge - markWidth,
    )
    const named = labels.map((label, index) => ({ ...label, text: texts[index]! }))
    const rows = inRows(named, { width: width - 2 * edge, widthOf: nameWidth, gap: nameGap })
    return { right: 2 * edge, rows, ends: [] }
  }
  return { right: gap + widest + 6, rows: [], ends: labels }
}

/** As many in a row as fit. */
function inRows<T>(
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
function nameRow(row: readonly EndLabel[], y: number): GraphicComponentOption[] {
  let x = edge
  return row.flatMap((label) => {
    const left = x
    x += nameWidth(label) + nameGap
    return nameEntry(label, left, y)
  })
}

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
