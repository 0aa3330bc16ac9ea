import { columnIds, columnOf, columns, type ColumnId } from './columns.ts'

/** Which columns the table has, from left to right, and widths that are not the usual ones, in pixels. */
export interface ColumnLayout {
  shown: readonly ColumnId[]
  widths: Partial<Record<ColumnId, number>>
}

export const usualLayout: ColumnLayout = {
  shown: ['status', 'name', 'regime', 'seed', 'phase', 'eta', 'validation', 'exits', 'speed', 'tags'],
  widths: {},
}

/** A layout as it was kept, without what is no column (any more). */
export function readLayout(kept: unknown): ColumnLayout {
  const { shown, widths } = { ...usualLayout, ...(kept as Partial<ColumnLayout> | null) }
  if (!Array.isArray(shown) || typeof widths !== 'object' || widths === null) return usualLayout
  const known = [...new Set(shown)].filter((id) => columnIds.includes(id))
  return known.includes('name') ? { shown: known, widths } : usualLayout
}

export const widthOf = ({ widths }: ColumnLayout, id: ColumnId): number => widths[id] ?? columns[id].width

export function resized(layout: ColumnLayout, id: ColumnId, width: number): ColumnLayout {
  const whole = Math.round(Math.min(600, Math.max(columnOf(id).minimumWidth, width)))
  return { ...layout, widths: { ...layout.widths, [id]: whole } }
}

/** Shows a hidden column where it usually stands, or hides a shown one. The name stays. */
export function toggled(layout: ColumnLayout, id: ColumnId): ColumnLayout {
  if (id === 'name') return layout
  if (layout.shown.includes(id)) return { ...layout, shown: layout.shown.filter((each) => each !== id) }
  const before = columnIds.slice(0, columnIds.indexOf(id)).findLast((each) => layout.shown.includes(each))
  return { ...layout, shown: layout.shown.toSpliced(before ? layout.shown.indexOf(before) + 1 : 0, 0, id) }
}

/** Puts a column in the place of another one. */
export function moved(layout: ColumnLayout, id: ColumnId, to: number): ColumnLayout {
  const place = Math.min(layout.shown.length - 1, Math.max(0, to))
  const others = layout.shown.filter((each) => each !== id)
  return { ...layout, shown: others.toSpliced(place, 0, id) }
}

const selectionWidth = 34
const deltaWidth = 42

/** Pixels of each column as it is shown: accuracies need more room where they are measured against a baseline. */
function shownWidths(layout: ColumnLayout, withDeltas: boolean): number[] {
  const isAccuracy = (id: ColumnId) => id === 'validation' || id === 'test'
  return layout.shown.map((id) => widthOf(layout, id) + (withDeltas && isAccuracy(id) ? deltaWidth : 0))
}

/** Tracks of a CSS grid: first the check box, then the columns; what is left goes to the name. */
export function gridTracks(layout: ColumnLayout, withDeltas: boolean): string {
  const tracks = shownWidths(layout, withDeltas).map((width, place) =>
    layout.shown[place] === 'name' ? `minmax(${width}px, 1fr)` : `${width}px`,
  )
  return [`${selectionWidth}px`, ...tracks].join(' ')
}

/** Pixels below which the table scrolls sideways. */
export function leastWidth(layout: ColumnLayout, withDeltas: boolean): number {
  return shownWidths(layout, withDeltas).reduce((sum, width) => sum + width, selectionWidth)
}
