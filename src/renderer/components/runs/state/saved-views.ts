import { computed, type ComputedRef } from 'vue'
import { usePreferencesStore } from '../../../stores/preferences.ts'
import { isGroupChoice, type GroupChoice } from '../table/group-keys.ts'
import type { Sort } from '../table/order.ts'
import type { TableState } from './table-state.ts'

/** A query with its grouping and order, under a name. */
export interface SavedView {
  name: string
  text: string
  group: GroupChoice
  sort: Sort
}

const preference = 'runs.views'

export interface SavedViews {
  list: ComputedRef<readonly SavedView[]>
  /** Keeps what is shown now; a view of the same name is replaced. */
  save(name: string): void
  show(view: SavedView): void
  remove(view: SavedView): void
  isShown(view: SavedView): boolean
}

export function useSavedViews(table: TableState): SavedViews {
  const preferences = usePreferencesStore()
  const list = computed(() => preferences.read<readonly unknown[]>(preference, []).filter(isSavedView))
  const without = (name: string) => list.value.filter((view) => view.name !== name)
  return {
    list,
    save(name) {
      const view = { name, text: table.text.value, group: table.group.value, sort: table.sort.value }
      preferences.write(preference, [...without(name), view])
    },
    show({ text, group, sort }) {
      table.text.value = text
      table.group.value = group
      table.sort.value = sort
    },
    remove: ({ name }) => preferences.write(preference, without(name)),
    isShown: ({ text, group }) => text !== '' && text === table.text.value && group === table.group.value,
  }
}

function isSavedView(view: unknown): view is SavedView {
  const { name, text, group, sort } = (view ?? {}) as Record<string, unknown>
  return typeof name === 'string' && typeof text === 'string' && isGroupChoice(group) && typeof sort === 'object'
}
