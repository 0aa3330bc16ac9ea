import { scoreKey, columnIds, columnOf, isColumnId, isSetting, type ColumnId, type FixedColumn } from './columns.ts'

/** Columns of the table from left to right, and widths that differ from the default, in pixels. */
export interface ColumnLayout {
  shown: readonly ColumnId[]
  widths: Partial<Record<ColumnId, number>>
}

export const defaultLayout: ColumnLayout = {
  shown: ['status', 'name', 'regime', 'phase', 'eta', 'val.mean', 'validation', 'exits', 'tags'],
  widths: {},
}

/** A stored layout, without columns that no longer exist. */
export function readLayout(kept: unknown): ColumnLayout {
  const { shown, widths } = { ...defaultLayout, ...(kept as Partial<ColumnLayout> | null) }
  if (!Array.isArray(shown) || typeof widths !== 'object' || widths === null) return defaultLayout
  const known = [...new Set(shown)].filter(isColumnId)
  return known.includes('name') ? { shown: known, widths } : defaultLayout
}

export const widthOf = ({ widths }: ColumnLayout, id: ColumnId): number => widths[id] ?? columnOf(id).width

export function resized(layout: ColumnLayout, id: ColumnId, width: number): ColumnLayout {
  const whole = Math.round(Math.min(600, Math.max(columnOf(id).minimumWidth, width)))
  return { ...layout, widths: { ...layout.widths, [id]: whole } }
}

/** Shows a hidden column at its default position, or hides a shown one. The name is always shown. */
export function toggled(layout: ColumnLayout, id: ColumnId): ColumnLayout {
  if (id === 'name') return layout
  if (layout.shown.includes(id)) return { ...layout, shown: layout.shown.filter((each) => each !== id) }
  const before = layout.shown.findLastIndex((each) => defaultIndex(each) <= defaultIndex(id))
  return { ...layout, shown: layout.shown.toSpliced(before + 1, 0, id) }
}

/** Settings stand behind the seed, scores of exits behind that of the final one, their mean before it. */
function defaultIndex(id: ColumnId): number {
  const position = columnIds.indexOf(id as FixedColumn)
  if (position >= 0) return position
  if (isSetting(id)) return columnIds.indexOf('seed') + 0.5
  const { split, exit } = scoreKey(id)!
  return columnIds.indexOf(split) + (exit === 'mean' ? -0.5 : 0.5)
}

/** Moves a column to the position of another one. */
export function moved(layout: ColumnLayout, id: ColumnId, to: number): ColumnLayout {
  const position = Math.min(layout.shown.length - 1, Math.max(0, to))
  const others = layout.shown.filter((each) => each !== id)
  return { ...layout, shown: others.toSpliced(position, 0, id) }
}

const selectionWidth = 34
const deltaWidth = 42
const experimentWidth = 90

/** Content of columns beyond the usual: differences from a baseline, the experiment in the name, and the longest number of a column in characters. */
interface ColumnExtras {
  deltas: boolean
  experiment: boolean
  longest: Partial<Record<ColumnId, number>>
}

/** Of a digit, and around the content of a cell. */
const [digitWidth, cellPadding] = [7, 12]

/** Pixels of each column as it is shown. */
function shownWidths(layout: ColumnLayout, { deltas, experiment, longest }: ColumnExtras): number[] {
  const extraOf = (id: ColumnId) => {
    if (id === 'name') return experiment ? experimentWidth : 0
    return deltas && scoreKey(id) !== null ? deltaWidth : 0
  }
  const needed = (id: ColumnId) => digitWidth * (longest[id] ?? 0) + cellPadding
  return layout.shown.map((id) => Math.max(widthOf(layout, id) + extraOf(id), needed(id)))
}

/** Tracks of a CSS grid: first the check box, then the columns; what is left goes to the name. */
export function gridTracks(layout: ColumnLayout, extras: ColumnExtras): string {
  const tracks = shownWidths(layout, extras).map((width, position) =>
    layout.shown[position] === 'name' ? `minmax(${width}px, 1fr)` : `${width}px`,
  )
  return [`${selectionWidth}px`, ...tracks].join(' ')
}

/** Pixels below which the table scrolls sideways. */
export function leastWidth(layout: ColumnLayout, extras: ColumnExtras): number {
  return shownWidths(layout, extras).reduce((sum, width) => sum + width, selectionWidth)
}
