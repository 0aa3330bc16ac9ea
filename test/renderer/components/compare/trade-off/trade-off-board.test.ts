// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { PublishedTable } from '../../../../../src/shared/runs/published.ts'
import type { CostKind } from '../../../../../src/shared/evaluation/cost-kind.ts'
import TradeOffBar from '../../../../../src/renderer/components/compare/trade-off/TradeOffBar.vue'
import TradeOffBoard from '../../../../../src/renderer/boards/TradeOffBoard.vue'
import { defaultChoice } from '../../../../../src/renderer/composables/compare/use-compare-choice.ts'
import { aQuery } from '../../../composables/compare/a-query.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'

const published: PublishedTable = {
  ...{ id: 'table-10', title: 'Table 10', network: 'n', data: 'd', method: 'SDN', budgets: [null] },
  rows: [{ regime: 'joint', variant: null, cells: [{ mean: 70, std: null }] }],
}

/** Keys of the published tables that can be laid over a comparison of this cost. */
async function overlaysOf(cost: CostKind): Promise<string[]> {
  provideFakeHost({
    readings: { ask: async () => ({ rows: [], series: [], budgets: [null] }) },
    evaluations: { published: async () => ({ tables: [published], fitting: {}, matching: null }) },
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: TradeOffBoard }] })
  const panels = ['TradeOffBar', 'PinnedSeries', 'CurvePanel', 'BudgetsPanel', 'LaterReadingsBoard']
  const props = {
    choice: { ...defaultChoice, cost },
    query: aQuery({ cost }),
    compared: { done: [], waiting: [], imports: [], unknown: [] },
  }
  const board = mount(TradeOffBoard, {
    global: { plugins: [router], stubs: Object.fromEntries(panels.map((panel) => [panel, true])) },
    props: props as never,
  })
  await flushPromises()
  const overlays = board.getComponent(TradeOffBar).props('overlays')
  board.unmount()
  return overlays.map(({ key }) => key)
}

test('published values, which are for multiply-adds, are laid over no measured times', async () => {
  expect(await overlaysOf('macs')).toEqual(['table-10'])
  expect(await overlaysOf('latency')).toEqual([])
})
