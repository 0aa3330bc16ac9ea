// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, onTestFinished, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { OwnRow } from '../../../../src/readings/budgets/schema.ts'
import PinnedSeries from '../../../../src/renderer/components/compare/PinnedSeries.vue'
import type { CompareChoice } from '../../../../src/renderer/composables/compare/use-compare-choice.ts'
import { provideSeriesFocus } from '../../../../src/renderer/composables/compare/use-series-focus.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const rows = ['joint', 'mixed', 'separate'].map(
  (regime) => ({ experiment: 'toy', series: regime, regime, look: null, runs: [`of ${regime}`] }) as unknown as OwnRow,
)

async function opened(...pinned: string[]) {
  provideFakeHost()
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { render: () => null } }],
  })
  await router.push({ path: '/', query: { pinned: JSON.stringify(pinned.map((series) => ['toy', series])) } })
  const choice = { hidden: ['of old'] } as unknown as CompareChoice
  const Board = defineComponent({
    setup() {
      provideSeriesFocus(() => rows)
      return () => h('main', { tabindex: 0 }, h(PinnedSeries, { rows, choice }))
    },
  })
  const board = mount(Board, { global: { plugins: [router] }, attachTo: document.body })
  onTestFinished(() => board.unmount())
  return {
    board,
    async press(name: string) {
      const button = board.findAll('button').find((each) => (each.attributes('aria-label') ?? each.text()) === name)!
      button.element.focus()
      await button.trigger('click')
      await flushPromises()
    },
    focused: () => document.activeElement!.getAttribute('aria-label') ?? document.activeElement!.tagName,
  }
}

test('the next series has the focus once one is no longer pinned, and the board once none is', async () => {
  const { press, focused } = await opened('joint', 'mixed')
  await press('Unpin joint')
  expect(focused()).toBe('Unpin mixed')
  await press('Unpin all')
  expect(focused()).toBe('MAIN')
})

test('those that are not pinned can be hidden, beside what is hidden already', async () => {
  const { board, press } = await opened('joint')
  await press('Hide the others')
  expect(board.getComponent(PinnedSeries).emitted('change')).toEqual([
    [{ hidden: ['of old', 'of mixed', 'of separate'] }],
  ])
})
