import { keyName } from '../../../composables/key-names.ts'
import type { TableRow } from '../table/rows.ts'
import type { RunsScreen } from './screen.ts'

/** What the table itself has to do with. */
interface TableSurface {
  /** Rows that are in sight at once. */
  pageRows(): number
  /** Hands the focus to the head of the table, which is above the first row. */
  focusHead(): void
  openMenu(): void
}

/** Moves, selects, opens and orders by keyboard. @returns whether the key meant something. */
export function useTableKeyboard(screen: RunsScreen, surface: TableSurface): (event: KeyboardEvent) => boolean {
  const { selection, table, actions } = screen

  function move(index: number, extend = false): void {
    if (index < 0 && !extend && selection.activeIndex.value <= 0) surface.focusHead()
    else selection.moveTo(index, { extend })
  }

  function expand(row: TableRow): void {
    if (row.kind === 'group' && !row.expanded) screen.setCollapsed(row.group.path, false)
    else if (row.kind === 'group') selection.moveTo(selection.activeIndex.value + 1)
  }

  function collapse(row: TableRow): void {
    if (row.kind === 'group' && row.expanded) screen.setCollapsed(row.group.path, true)
    else if (row.parent >= 0) selection.moveTo(row.parent)
  }

  function open(row: TableRow): void {
    if (row.kind === 'run') actions.open(row.run)
    else screen.setCollapsed(row.group.path, row.expanded)
  }

  function act(command: TableCommand, row: TableRow): void {
    const index = selection.activeIndex.value
    if (typeof command === 'object') return move(targetOf(command, index), command.extend)
    if (command === 'select') selection.toggle(index)
    else if (command === 'extend') selection.toggle(index, { extend: true })
    else if (command === 'selectAll') selection.selectAll()
    else if (command === 'open') open(row)
    else if (command === 'expand') expand(row)
    else if (command === 'collapse') collapse(row)
    else if (command === 'menu') surface.openMenu()
    else if (command === 'clear') selection.clear()
    else screen.moveInQueue(command)
  }

  function targetOf(command: Extract<TableCommand, object>, index: number): number {
    if ('move' in command) return index + command.move
    const last = table.rows.value.length - 1
    if ('to' in command) return command.to === 'first' ? 0 : last
    return Math.min(last, Math.max(0, index + command.page * surface.pageRows()))
  }

  return (event) => {
    const command = tableKeys[keyName(event)]
    const row = selection.activeRow.value
    if (command === undefined || row === null) return false
    act(command, row)
    return true
  }
}

/** What keys mean in the table; a key is written as `keyName` names it. */
type TableCommand =
  | { move: number; extend?: boolean }
  | { to: 'first' | 'last'; extend?: boolean }
  | { page: -1 | 1; extend?: boolean }
  | 'select'
  | 'extend'
  | 'selectAll'
  | 'open'
  | 'expand'
  | 'collapse'
  | 'earlier'
  | 'later'
  | 'menu'
  | 'clear'

const tableKeys: Readonly<Record<string, TableCommand>> = {
  ArrowDown: { move: 1 },
  ArrowUp: { move: -1 },
  j: { move: 1 },
  k: { move: -1 },
  'shift+ArrowDown': { move: 1, extend: true },
  'shift+ArrowUp': { move: -1, extend: true },
  'shift+j': { move: 1, extend: true },
  'shift+k': { move: -1, extend: true },
  Home: { to: 'first' },
  End: { to: 'last' },
  'shift+Home': { to: 'first', extend: true },
  'shift+End': { to: 'last', extend: true },
  PageDown: { page: 1 },
  PageUp: { page: -1 },
  'shift+PageDown': { page: 1, extend: true },
  'shift+PageUp': { page: -1, extend: true },
  Space: 'select',
  'shift+Space': 'extend',
  'mod+a': 'selectAll',
  Enter: 'open',
  ArrowRight: 'expand',
  ArrowLeft: 'collapse',
  'alt+ArrowUp': 'earlier',
  'alt+ArrowDown': 'later',
  ContextMenu: 'menu',
  'shift+F10': 'menu',
  Escape: 'clear',
}
