import { computed, inject, provide, shallowRef } from 'vue'
import type { ComputedRef, InjectionKey, Ref } from 'vue'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { storeToRefs } from 'pinia'
import { usePreference } from '../../../composables/use-preference.ts'
import { useRunsListStore } from '../../../stores/runs-list.ts'
import type { Baseline } from '../table/baseline.ts'
import { runsOfRow } from '../table/rows.ts'
import type { TableRow } from '../table/rows.ts'
import { neighbouringPosition } from './queue-order.ts'
import { useRunActions } from './run-actions.ts'
import type { RunActions } from './run-actions.ts'
import { useSelection } from './selection.ts'
import type { Selection } from './selection.ts'
import { useTableState } from './table-state.ts'
import type { TableState } from './table-state.ts'
import { isGroupChoice } from '../table/group-keys.ts'
import type { GroupChoice } from '../table/group-keys.ts'
import type { Sort } from '../table/order.ts'

/** All that the parts of the Runs screen share. */
export interface RunsScreen {
  table: TableState
  selection: Selection
  actions: RunActions
  views: SavedViews
  /** The runs that an action is for: the selected ones, else those of the active row. */
  targets: ComputedRef<readonly RunSummary[]>
  drawerOpen: Ref<boolean>
  /** Runs whose tags or settings a dialog shows; null: no dialog. */
  tagging: Ref<readonly RunSummary[] | null>
  differing: Ref<readonly RunSummary[] | null>
  setCollapsed(path: string, collapsed: boolean): void
  /** Pins a row as what others are measured against; the pinned one is let go. */
  pin(row: TableRow): void
  isPinned(row: TableRow): boolean
  moveInQueue(direction: 'earlier' | 'later'): void
}

const key: InjectionKey<RunsScreen> = Symbol('runs screen')

export function provideRunsScreen(): RunsScreen {
  const screen = createScreen()
  provide(key, screen)
  return screen
}

export function useRunsScreen(): RunsScreen {
  const screen = inject(key)
  if (screen === undefined) throw new Error('A component of the Runs screen is used outside it.')
  return screen
}

function createScreen(): RunsScreen {
  const table = useTableState()
  const selection = useSelection(table.rows, table.matching, storeToRefs(useRunsListStore()))
  const actions = useRunActions()
  const { activeRow, runs: selected } = selection
  const targets = computed(() =>
    selected.value.length > 0 ? selected.value : activeRow.value === null ? [] : runsOfRow(activeRow.value),
  )

  return {
    table,
    selection,
    actions,
    views: useSavedViews(table),
    targets,
    drawerOpen: usePreference('runs.drawer', true),
    tagging: shallowRef(null),
    differing: shallowRef(null),
    setCollapsed(path, collapsed) {
      const others = [...table.collapsed.value].filter((each) => each !== path)
      table.collapsed.value = new Set(collapsed ? [...others, path] : others)
    },
    pin: (row) => (table.baseline.value = isPinned(row) ? null : baselineOf(row)),
    isPinned,
    moveInQueue(direction) {
      const ids = targets.value.map(({ id }) => id)
      const position = neighbouringPosition(table.queue.value, ids, direction)
      const waiting = ids.filter((id) => table.queue.value.includes(id))
      if (position !== null) actions.move(waiting, position)
    },
  }

  function isPinned(row: TableRow): boolean {
    return JSON.stringify(table.baseline.value) === JSON.stringify(baselineOf(row))
  }
}

function baselineOf(row: TableRow): Baseline {
  return row.kind === 'run' ? { run: row.run.id } : { group: row.group.members }
}

/** A query with its grouping and order, under a name. */
interface SavedView {
  name: string
  text: string
  group: GroupChoice
  sort: Sort
}

interface SavedViews {
  list: ComputedRef<readonly SavedView[]>
  /** Saves the current view; replaces a view of the same name. */
  save(name: string): void
  show(view: SavedView): void
  remove(view: SavedView): void
  isShown(view: SavedView): boolean
}

function useSavedViews(table: TableState): SavedViews {
  const kept = usePreference<readonly unknown[]>('runs.views', [])
  const list = computed(() => kept.value.filter(isSavedView))
  const without = (name: string) => list.value.filter((view) => view.name !== name)
  return {
    list,
    save(name) {
      const view = { name, text: table.text.value, group: table.group.value, sort: table.sort.value }
      kept.value = [...without(name), view]
    },
    show({ text, group, sort }) {
      table.text.value = text
      table.group.value = group
      table.sort.value = sort
    },
    remove: ({ name }) => void (kept.value = without(name)),
    isShown: ({ text, group }) => text !== '' && text === table.text.value && group === table.group.value,
  }
}

function isSavedView(view: unknown): view is SavedView {
  const { name, text, group, sort } = (view ?? {}) as Record<string, unknown>
  return typeof name === 'string' && typeof text === 'string' && isGroupChoice(group) && typeof sort === 'object'
}
