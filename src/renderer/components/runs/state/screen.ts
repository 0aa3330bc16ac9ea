import { computed, inject, provide, ref, shallowRef, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { RunSummary } from '../../../../shared/runs.ts'
import { usePreferencesStore } from '../../../stores/preferences.ts'
import type { Baseline } from '../table/baseline.ts'
import { runsOfRow, type TableRow } from '../table/rows.ts'
import { neighbouringPlace } from './queue-order.ts'
import { useRunActions, type RunActions } from './run-actions.ts'
import { useSavedViews, type SavedViews } from './saved-views.ts'
import { useSelection, type Selection } from './selection.ts'
import { useTableState, type TableState } from './table-state.ts'

/** All that the parts of the Runs screen share. */
export interface RunsScreen {
  table: TableState
  selection: Selection
  actions: RunActions
  views: SavedViews
  /** The runs that an action is for: the selected ones, else those of the active row. */
  targets: ComputedRef<readonly RunSummary[]>
  drawerOpen: Ref<boolean>
  /** Runs whose tags or settings a dialog shows; null: closed. */
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
  if (screen === undefined) throw new Error('A part of the Runs screen stands outside of it.')
  return screen
}

function createScreen(): RunsScreen {
  const table = useTableState()
  const selection = useSelection(table.rows, table.matching)
  const actions = useRunActions()
  const preferences = usePreferencesStore()
  const { activeRow, runs: selected } = selection
  const targets = computed(() =>
    selected.value.length > 0 ? selected.value : activeRow.value === null ? [] : runsOfRow(activeRow.value),
  )
  const drawerPreference = ref(preferences.read('runs.drawer', true))

  return {
    table,
    selection,
    actions,
    views: useSavedViews(table),
    targets,
    drawerOpen: computed({
      get: () => drawerPreference.value,
      set: (open) => {
        drawerPreference.value = open
        preferences.write('runs.drawer', open)
      },
    }),
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
      const place = neighbouringPlace(table.queue.value, ids, direction)
      const waiting = ids.filter((id) => table.queue.value.includes(id))
      if (place !== null) actions.move(waiting, place)
    },
  }

  function isPinned(row: TableRow): boolean {
    return JSON.stringify(table.baseline.value) === JSON.stringify(baselineOf(row))
  }
}

function baselineOf(row: TableRow): Baseline {
  return row.kind === 'run' ? { run: row.run.id } : { group: row.group.members }
}
