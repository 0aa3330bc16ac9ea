// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import SweepBoard from '../../../../../src/renderer/boards/SweepBoard.vue'
import { defaultChoice } from '../../../../../src/renderer/composables/compare/use-compare-choice.ts'
import type { Table } from '../../../../../src/shared/tables/table.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'

const query = { runs: ['r1'], among: ['r1'], protocol: 'validation', rule: 'confidence', seedReading: 'averaged', budgets: [0.5], cost: 'macs' } as const // prettier-ignore

/** Best first, as no other reading has them. */
const names = ['mixed', 'disjoint', 'joint']
const ranking: Table = {
  ...{ name: 'best', caption: 'c', keys: [], dimensions: [], measures: [] },
  heads: [
    { title: '#', align: 'right' },
    { title: 'Series', align: 'left' },
  ],
  columns: [],
  blocks: [
    {
      title: null,
      rows: names.map((name, place) => ({
        ...{ keys: [], cells: [], heads: [String(place + 1), name] },
        series: { experiment: 'toy', series: name, regime: name, look: null, hollow: false },
      })),
    },
  ],
}

test('J and K go through the series as the ranking lists them, also where it is sorted', async () => {
  provideFakeHost({
    readings: { ask: async () => ({ rows: [], series: [], budgets: [0.5] }) },
    exports: { readTable: async () => ranking },
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: SweepBoard }] })
  const panels = ['BestPanel', 'CurvePanel', 'ParallelPanel', 'HeatmapPanel', 'VariancePanel', 'ExportMenu', 'RuleChoice', 'ReadOnChoice'] // prettier-ignore
  const board = mount(SweepBoard, {
    global: { plugins: [router], stubs: Object.fromEntries(panels.map((panel) => [panel, true])) },
    props: { choice: defaultChoice, query, compared: { done: [], waiting: [], imports: [], unknown: [] } } as never,
    attachTo: document.body,
  })
  await flushPromises()
  const after = async (key: string) => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    await flushPromises()
    return board.findAll('tr.focused').map((row) => row.get('th + td').text())
  }
  expect([await after('j'), await after('j'), await after('k'), await after('k')]).toEqual([['mixed'], ['disjoint'], ['mixed'], ['joint']]) // prettier-ignore
  await board.findAll('button.sort')[1]!.trigger('click')
  // Disjoint, joint, mixed.
  expect([await after('j'), await after('j')]).toEqual([['mixed'], ['disjoint']])
  board.unmount()
})
