import type { RunSummary } from '../../../../shared/runs/runs.ts'
import type { TableRow } from '../table/rows.ts'
import type { QueueDrag } from './queue-order.ts'
import type { RunsScreen } from './screen.ts'

/** The row of an event in the table; rows have their index as `data-index`. */
const indexOf = ({ target }: Event) =>
  Number((target as Element).closest<HTMLElement>('[data-index]')?.dataset.index ?? -1)

/** Handles the pointer on the rows: selecting, opening, the menu, and moving in the queue. `focus`: focuses the table. */
export function useTablePointer(
  { table, selection, actions, setCollapsed }: RunsScreen,
  { drag, focus }: { drag: QueueDrag; focus: () => void },
) {
  const rowOf = (event: Event): TableRow | null => table.rows.value[indexOf(event)] ?? null

  function runOf(event: Event): RunSummary | null {
    const row = rowOf(event)
    return row?.kind === 'run' ? row.run : null
  }

  function onClick(event: MouseEvent): void {
    const target = event.target as Element
    const row = rowOf(event)
    if (row === null || target.closest('a')) return
    const options = { extend: event.shiftKey }
    if (row.kind === 'group' && target.closest('.chevron')) setCollapsed(row.group.path, row.expanded)
    if (target.closest('[role="checkbox"]') || event.ctrlKey || event.metaKey) selection.toggle(indexOf(event), options)
    else selection.moveTo(indexOf(event), options)
    focus()
  }

  function onDoubleClick(event: MouseEvent): void {
    const row = rowOf(event)
    if (row === null || (event.target as Element).closest('[role="checkbox"], .chevron')) return
    if (row.kind === 'run') actions.open(row.run)
    else setCollapsed(row.group.path, row.expanded)
  }

  function onMenu(event: MouseEvent): void {
    const row = rowOf(event)
    // Only rows have a menu.
    if (row === null) return event.stopPropagation()
    selection.moveTo(indexOf(event))
    if (selection.isSelected(row) === false) selection.clear()
  }

  function onDragStart(event: DragEvent): void {
    const run = runOf(event)
    if (run !== null && (event.target as Element).closest('.handle')) drag.start(event, run)
  }

  return {
    onClick,
    onDoubleClick,
    onMenu,
    onDragStart,
    onDragOver: (event: DragEvent) => drag.over(event, runOf(event)),
  }
}
