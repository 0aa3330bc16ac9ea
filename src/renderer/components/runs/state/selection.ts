import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { runsOfRow, type TableRow } from '../table/rows.ts'

export interface Selection {
  /** Ids of selected runs, including runs that are no longer listed. */
  ids: Ref<ReadonlySet<string>>
  /** Selected runs that are listed, whether their group is open or closed. */
  runs: ComputedRef<readonly RunSummary[]>
  /** Where the keyboard is; −1 while the table is empty. */
  activeIndex: ComputedRef<number>
  activeRow: ComputedRef<TableRow | null>
  /** Makes a row the active one. `extend` selects all from the anchor to it. */
  moveTo(index: number, options?: { extend?: boolean }): void
  /** Selects or deselects a row, a group with all its runs. `extend`: as `moveTo`. */
  toggle(index: number, options?: { extend?: boolean }): void
  selectAll(): void
  clear(): void
  isSelected: (row: TableRow) => boolean | 'some'
}

/** Where a selection is kept. */
interface KeptSelection {
  selected: Ref<ReadonlySet<string>>
  activeKey: Ref<string | null>
}

/** Which rows are selected, and which one is active. Rows keep both while others come, go or change places. */
export function useSelection(
  rows: Ref<readonly TableRow[]>,
  matching: Ref<readonly RunSummary[]>,
  { selected: ids, activeKey }: KeptSelection,
): Selection {
  const anchorKey = ref<string | null>(null)
  /** The row that was selected or deselected last. */
  const toggledKey = ref<string | null>(null)

  const indexes = computed(() => new Map(rows.value.map(({ key }, index) => [key, index])))
  // Where the active row is gone, the one that took its place follows it.
  const activeIndex = computed<number>((before) => {
    const index = activeKey.value === null ? undefined : indexes.value.get(activeKey.value)
    return index ?? Math.min(Math.max(before ?? 0, 0), rows.value.length - 1)
  })

  function extendTo(index: number): void {
    const anchor = anchorKey.value === null ? activeIndex.value : (indexes.value.get(anchorKey.value) ?? index)
    anchorKey.value ??= rows.value[anchor]?.key ?? null
    const range = rows.value.slice(Math.min(anchor, index), Math.max(anchor, index) + 1)
    // An open group selects its visible rows; a closed one all of its runs.
    const inRange = range.filter((row) => row.kind === 'run' || !row.expanded)
    ids.value = new Set(inRange.flatMap(runsOfRow).map(({ id }) => id))
  }

  function moveTo(index: number, { extend = false } = {}): void {
    const row = rows.value[Math.min(Math.max(index, 0), rows.value.length - 1)]
    if (row === undefined) return
    if (extend) extendTo(indexes.value.get(row.key)!)
    else anchorKey.value = null
    activeKey.value = row.key
  }

  function toggle(index: number, { extend = false } = {}): void {
    const row = rows.value[index]
    // Moving on without selecting does not lose where the selection began.
    if (extend) anchorKey.value ??= toggledKey.value
    if (row === undefined || extend) return moveTo(index, { extend })
    const own = new Set(runsOfRow(row).map(({ id }) => id))
    const others = [...ids.value].filter((id) => !own.has(id))
    ids.value = new Set(isSelected(row) === true ? others : [...others, ...own])
    activeKey.value = row.key
    anchorKey.value = row.key
    toggledKey.value = row.key
  }

  function isSelected(row: TableRow): boolean | 'some' {
    if (ids.value.size === 0) return false
    const own = runsOfRow(row)
    const some = own.some(({ id }) => ids.value.has(id))
    return some && own.every(({ id }) => ids.value.has(id)) ? true : some && 'some'
  }

  return {
    ids,
    runs: computed(() => (ids.value.size === 0 ? [] : matching.value.filter(({ id }) => ids.value.has(id)))),
    activeIndex,
    activeRow: computed(() => rows.value[activeIndex.value] ?? null),
    moveTo,
    toggle,
    selectAll: () => (ids.value = new Set(matching.value.map(({ id }) => id))),
    clear: () => (ids.value = new Set()),
    isSelected,
  }
}
