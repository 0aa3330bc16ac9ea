import { describe, expect, test } from 'vitest'
import { ref, shallowRef } from 'vue'
import { useSelection } from '../../../../../src/renderer/components/runs/state/selection.ts'
import { groupRuns } from '../../../../../src/renderer/components/runs/table/groups.ts'
import { rowsOf } from '../../../../../src/renderer/components/runs/table/rows.ts'
import { aRun } from '../support/run.ts'

const all = [
  aRun({ id: 'j1', regime: 'joint', seed: 1 }),
  aRun({ id: 'j2', regime: 'joint', seed: 2 }),
  aRun({ id: 'm1', regime: 'mixed', seed: 1 }),
  aRun({ id: 'm2', regime: 'mixed', seed: 2 }),
]

/** Rows: joint, j1, j2, mixed, m1, m2. */
function setUp(collapsed: string[] = []) {
  const rowsWithout = (missing: string[]) => {
    const runs = all.filter(({ id }) => !missing.includes(id))
    const context = { nowMs: 0, progress: new Map(), settings: new Map() }
    const groups = groupRuns(runs, { keys: ['regime'], sort: null, over: 'done', context })
    return { runs, rows: rowsOf(runs, groups, new Set(collapsed)) }
  }
  const rows = shallowRef(rowsWithout([]).rows)
  const matching = shallowRef(all)
  const kept = { selected: shallowRef<ReadonlySet<string>>(new Set()), activeKey: ref<string | null>(null) }
  const selection = useSelection(rows, matching, kept)
  const lose = (...ids: string[]) => {
    const left = rowsWithout(ids)
    rows.value = left.rows
    matching.value = left.runs
  }
  return { selection, rows, lose, selected: () => [...selection.ids.value].sort() }
}

describe('a selection', () => {
  test('adds and removes single runs', () => {
    const { selection, selected } = setUp()
    selection.toggle(1)
    selection.toggle(4)
    expect(selected()).toEqual(['j1', 'm1'])
    selection.toggle(1)
    expect(selected()).toEqual(['m1'])
  })

  test('adds a group with all its runs, and marks it when only some are selected', () => {
    const { selection, rows, selected } = setUp()
    selection.toggle(0)
    expect(selected()).toEqual(['j1', 'j2'])
    expect(selection.isSelected(rows.value[0]!)).toBe(true)
    selection.toggle(1)
    expect(selection.isSelected(rows.value[0]!)).toBe('some')
    expect(selection.isSelected(rows.value[3]!)).toBe(false)
    selection.toggle(0)
    expect(selected()).toEqual(['j1', 'j2'])
  })

  test('extends from the last selected run to the one moved to', () => {
    const { selection, selected } = setUp()
    selection.toggle(1)
    selection.moveTo(2)
    selection.moveTo(4)
    selection.toggle(4, { extend: true })
    expect(selected()).toEqual(['j1', 'j2', 'm1'])
  })

  test('extends and shrinks from where it began', () => {
    const { selection, selected } = setUp()
    selection.moveTo(1)
    selection.moveTo(2, { extend: true })
    selection.moveTo(4, { extend: true })
    expect(selected()).toEqual(['j1', 'j2', 'm1'])
    selection.moveTo(2, { extend: true })
    expect(selected()).toEqual(['j1', 'j2'])
  })

  test('extends over a closed group with all its runs', () => {
    const { selection, selected } = setUp(['regime=joint'])
    selection.moveTo(0)
    selection.moveTo(2, { extend: true })
    expect(selected()).toEqual(['j1', 'j2', 'm1'])
  })

  test('contains only listed runs', () => {
    const { selection, lose } = setUp()
    selection.selectAll()
    lose('j1', 'm2')
    expect(selection.runs.value.map(({ id }) => id)).toEqual(['j2', 'm1'])
    selection.clear()
    expect(selection.runs.value).toEqual([])
  })
})

describe('the active row', () => {
  test('is the first before any key was pressed', () => {
    expect(setUp().selection.activeIndex.value).toBe(0)
  })

  test('stays within the table', () => {
    const { selection } = setUp()
    selection.moveTo(99)
    expect(selection.activeIndex.value).toBe(5)
    selection.moveTo(-3)
    expect(selection.activeIndex.value).toBe(0)
  })

  test('keeps its run when others disappear, and its place when its run disappears', () => {
    const { selection, lose } = setUp()
    selection.moveTo(4)
    expect(selection.activeRow.value?.key).toBe('regime=mixed/m1')
    lose('j1')
    // The group of j2 is one row now.
    expect(selection.activeIndex.value).toBe(2)
    expect(selection.activeRow.value?.key).toBe('regime=mixed/m1')
    lose('j1', 'm1')
    expect(selection.activeRow.value?.key).toBe('regime=mixed/m2')
  })
})
