import type { GraphicComponentOption } from 'echarts'
import { endLabelGap, endLabels, type EndLabel } from './end-labels.ts'
import { figureKey, figureKeyWidth, type KeyEntry } from './key.ts'
import { edge, inRows, nameRow, nameRowHeight, placeNames, type NamePlace } from './name-places.ts'
import { hasKey, textWidth, type FigureFrame, type Plot } from './plot.ts'
import { lineOfText } from './text.ts'
import { figureColours } from './theme.ts'

const keyRowHeight = 18

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
interface FigureHead {
  /** Pixels between the plot and the right edge of the figure. */
  right: number
  /** Pixels that rows of the key and of names take above the plot, below the title. */
  rows: number
  /** Pixels that rows of names take below the title of the horizontal axis. */
  below: number
  /** `below`: where rows of names below the plot begin. */
  draw(plot: Plot, below: number): GraphicComponentOption[]
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
  const rowsAt = (top: number, rows: readonly (readonly NamePlace[])[]) =>
    rows.flatMap((row, index) => nameRow(row, top + (index + 0.5) * nameRowHeight))
  return {
    right: names.right,
    rows: keyHeight + nameRowHeight * names.above.length,
    below: nameRowHeight * names.below.length,
    draw: (plot, bottom) => [
      lineOfText(title, { x: edge, y, colour: colours.text }),
      ...keyRows.flatMap(({ entries, isBeside }, row) => {
        const right = isBeside ? frame.width - edge : edge + figureKeyWidth(entries)
        return figureKey(entries, { right, y: isBeside ? y : below + (row + 0.5) * keyRowHeight, colours })
      }),
      ...rowsAt(below + keyHeight, names.above),
      ...endLabels(names.ends, plot, names.gap),
      ...rowsAt(bottom, names.below),
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
