import type { RegimeName } from '../../../shared/phase.ts'
import type { LandscapePanel } from './panel.ts'
import { hasTitle, textWidth } from '../../../figures/plot.ts'
import type { FigureFrame } from '../../../figures/plot.ts'
import { wrapped } from '../../../figures/text.ts'

/** Panels beside and below each other, the same scale for all. */
export interface LandscapeMultiples {
  /** `loss on 1,000 training images, …`: what it was computed on. */
  note: string
  rows: readonly { title: string; regime: RegimeName | null; look: number | null }[]
  columns: readonly string[]
  /** Row by row; null where a run has no such panel. `title` where rows and columns do not name it. */
  panels: readonly (readonly ({ panel: LandscapePanel; title: string | null } | null)[])[]
}

export interface PanelBox {
  left: number
  top: number
  width: number
  height: number
}

/** Where the parts of a figure of many panels are, in pixels. */
export interface LandscapeLayout {
  boxes: readonly (readonly PanelBox[])[]
  /** Middle of each row, and of each column. */
  rows: readonly number[]
  columns: readonly number[]
  headingBaseline: number
  /** Lines of text at the top, and the middle of each. */
  note: readonly { text: string; y: number }[]
  bar: { left: number; top: number; bottom: number }
}

const edge = 8
const gap = 6
/** Pixels of the colour bar with its labels. */
export const lossBarRoom = 58
const noteLineHeight = 15
const headingHeight = 18

export function landscapeLayout({ note, rows, columns }: LandscapeMultiples, frame: FigureFrame): LandscapeLayout {
  const lines = hasTitle(frame) ? wrapped(note, frame.width - 2 * edge) : []
  const noteHeight = lines.length === 0 ? 0 : 7 + noteLineHeight * lines.length
  const titles = rows.map(({ title }) => textWidth(title))
  const left = edge + (titles.every((width) => width === 0) ? 0 : Math.max(...titles) + 10)
  const right = frame.width - edge - lossBarRoom
  const top = noteHeight + (columns.some((title) => title !== '') ? headingHeight : 4)
  const bottom = frame.height - edge
  const lefts = shares(columns.length, left, right)
  const tops = shares(rows.length, top, bottom)
  return {
    boxes: tops.map((y) => lefts.map((x) => ({ left: x.from, top: y.from, width: x.size, height: y.size }))),
    rows: tops.map(({ from, size }) => from + size / 2),
    columns: lefts.map(({ from, size }) => from + size / 2),
    headingBaseline: noteHeight + headingHeight / 2,
    note: lines.map((text, index) => ({ text, y: 12 + noteLineHeight * index })),
    bar: { left: right + 12, top: top + 4, bottom: Math.min(bottom - 4, top + 240) },
  }
}

function shares(count: number, from: number, to: number): { from: number; size: number }[] {
  const size = (to - from - gap * (count - 1)) / count
  return Array.from({ length: count }, (_, index) => ({ from: from + index * (size + gap), size }))
}
