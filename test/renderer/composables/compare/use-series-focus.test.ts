// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import DataTable from '../../../../src/renderer/components/domain/DataTable.vue'
import { provideSeriesFocus, type SeriesFocus } from '../../../../src/renderer/composables/compare/use-series-focus.ts'
import type { Table } from '../../../../src/shared/tables/table.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const series = ['joint', 'mixed', 'separate'].map((name) => ({ experiment: 'toy', series: name }))
const table: Table = {
  ...{ name: 't', caption: 'c', keys: [], dimensions: [], measures: [], columns: [] },
  heads: [{ title: 'Series', align: 'left' }],
  blocks: [
    {
      title: null,
      rows: series.map((each) => ({ keys: [], heads: [each.series], cells: [], series: { ...each, regime: each.series, look: null, hollow: false } })), // prettier-ignore
    },
  ],
}

let screen: { unmount(): void } | undefined
afterEach(() => screen?.unmount())

/** Two tables of the same series on one screen. */
async function opened(query: Record<string, string> = {}) {
  provideFakeHost()
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { render: () => null } }],
  })
  await router.push({ path: '/', query })
  let focus!: SeriesFocus
  const Screen = defineComponent({
    setup() {
      focus = provideSeriesFocus(() => series)
      return () => [0, 1].map((key) => h(DataTable, { key, table, label: String(key) }))
    },
  })
  const wrapper = mount(Screen, { global: { plugins: [router] }, attachTo: document.body })
  screen = wrapper
  const rows = (at: number) => wrapper.findAllComponents(DataTable)[at]!.findAll('tbody tr')
  /** Names that a table highlights. */
  const highlighted = (at: number) => rows(at).filter((row) => row.classes('focused')).map((row) => row.text()) // prettier-ignore
  return { router, rows, highlighted, focus }
}
const press = (key: string) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))

test('a series under the pointer in one panel is highlighted in the others, until it is left', async () => {
  const { rows, highlighted } = await opened()
  await rows(0)[1]!.trigger('mouseenter')
  expect([highlighted(0), highlighted(1)]).toEqual([['mixed'], ['mixed']])
  await rows(0)[1]!.trigger('mouseleave')
  expect([highlighted(0), highlighted(1)]).toEqual([[], []])
})

test('pinned series stay highlighted, and in the address, until the pin is taken away', async () => {
  const { rows, highlighted, router, focus } = await opened()
  await rows(1)[2]!.trigger('click')
  await flushPromises()
  expect(highlighted(0)).toEqual(['separate'])
  expect(router.currentRoute.value.query['pinned']).toBe('[["toy","separate"]]')
  press('j')
  press('p')
  await flushPromises()
  focus.point(null)
  await flushPromises()
  expect(highlighted(1)).toEqual(['joint', 'separate'])
  await rows(0)[2]!.trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.query['pinned']).toBe('[["toy","joint"]]')
})

test('keys go round the series', async () => {
  const { focus } = await opened()
  const after = (...keys: string[]) => (keys.forEach(press), focus.pointed.value?.series)
  expect([after('k'), after('j'), after('j', 'j'), after('k')]).toEqual(['separate', 'joint', 'separate', 'mixed'])
})

test('what the address pins is pinned, and anything else is ignored', async () => {
  const { focus } = await opened({ pinned: '[["toy","mixed"],[1],"x",[null,"joint"]]' })
  expect(focus.pinned.value).toEqual([
    { experiment: 'toy', series: 'mixed' },
    { experiment: undefined, series: 'joint' },
  ])
  expect(series.map(focus.has)).toEqual([true, true, false])
  screen!.unmount()
  expect((await opened({ pinned: '{' })).focus.pinned.value).toEqual([])
})
