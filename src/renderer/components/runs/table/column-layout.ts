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
  const { shown, widths } = { shown: usualLayout.shown, widths: {}, ...(kept as Partial<ColumnLayout> | null) }
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

/** Tracks of a CSS grid: first the check box, then the columns; what is left goes to the name. */
export function gridTracks(layout: ColumnLayout): string {
  const tracks = layout.shown.map((id) =>
    id === 'name' ? `minmax(${widthOf(layout, id)}px, 1fr)` : `${widthOf(layout, id)}px`,
  )
  return ['34px', ...tracks].join(' ')
}

/** Pixels below which the table scrolls sideways. */
export const leastWidth = (layout: ColumnLayout): number =>
  layout.shown.reduce((sum, id) => sum + widthOf(layout, id), 34)
