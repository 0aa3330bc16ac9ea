// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import AnalyseMenu from '../../../src/renderer/components/analyses/AnalyseMenu.vue'
import UiMenu from '../../../src/renderer/components/ui/UiMenu.vue'
import { useRunsStore } from '../../../src/renderer/stores/runs.ts'
import OtherAnalysisView from '../../../src/renderer/views/OtherAnalysisView.vue'
import { numberCell, type Table } from '../../../src/shared/tables/table.ts'
import { analysisSummary } from '../support/analysis-summary.ts'
import { provideFakeHost } from '../support/fake-host.ts'
import { runSummary } from '../support/run-summary.ts'

const origin = { extension: 'mine', file: '/m/norm.ts', sha256: 'a'.repeat(64) }
const kind = (name: string, of: typeof origin | null) => ({
  ...{ kind: name, title: `The ${name}`, sentence: 'How large.', paper: 'none', runs: 1 as const },
  ...{ origin: of, parameters: {} },
})
const table: Table = {
  name: 'norms',
  caption: '',
  keys: [{ name: 'parameter' }],
  heads: [{ title: 'Parameter', align: 'left' }],
  dimensions: ['run'],
  measures: [{ name: 'norm', suffix: '' }],
  columns: [{ ids: ['a'], name: 'a', title: 'a', kind: 'number' }],
  blocks: [{ title: null, rows: [{ keys: ['w'], heads: ['w'], cells: [numberCell(5, 2)] }] }],
}

function opened() {
  const asked: unknown[] = []
  const run = runSummary({ id: 'a', status: 'done', experimentId: 'e' })
  const analysis = analysisSummary({
    id: 'n1',
    kind: 'weight-norm',
    runs: [{ id: 'a', name: 'a', regime: 'joint', series: 'joint', seed: 1 }],
  })
  const host = provideFakeHost({
    analyses: {
      kinds: async () => [kind('loss-landscape', null), kind('weight-norm', origin)],
      find: async () => ({
        parameters: {},
        answers: [{ runs: analysis.runs, analysis: { ...analysis, status: 'done' } }],
      }),
      list: async () => [],
    },
    exports: {
      readTable: async (input) => (asked.push(input), table),
      figure: async (input) => (asked.push(input), { name: 'a.svg', bytes: new Blob(['<svg/>']) }),
    },
  })
  host.publish({ type: 'run', run })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'start', component: { template: '<div />' } },
      { path: '/analyses/:kind', name: 'analysis', component: OtherAnalysisView, props: true },
    ],
  })
  return { host, run, router, asked }
}

it('an analysis of an extension has its table and figure on a screen', async () => {
  const { router, asked } = opened()
  await router.push('/analyses/weight-norm?runs=a')
  const screen = mount(OtherAnalysisView, { props: { kind: 'weight-norm' }, global: { plugins: [router] } })
  await vi.waitUntil(() => useRunsStore().list.length === 1 && asked.length >= 2)
  await flushPromises()
  expect(screen.get('h1').text()).toBe('The weight-norm')
  expect(screen.get('tbody').text()).toContain('5.00')
  expect(asked).toContainEqual({ table: { analyses: ['n1'] } })
  expect(asked).toContainEqual({ figure: { analyses: ['n1'] }, format: 'svg', theme: 'light' })
})

it('an analysis that the host does not have is said to need its extension', async () => {
  const { router } = opened()
  await router.push('/analyses/lost')
  const screen = mount(OtherAnalysisView, { props: { kind: 'lost' }, global: { plugins: [router] } })
  await flushPromises()
  expect(screen.get('[role=alert]').text()).toContain('started without the extension')
})

it('says that it is looking for the analysis, and why it could not', async () => {
  const { host, router } = opened()
  const kinds = Promise.withResolvers<never>()
  host.answer({ analyses: { kinds: () => kinds.promise } })
  await router.push('/analyses/weight-norm')
  const screen = mount(OtherAnalysisView, { props: { kind: 'weight-norm' }, global: { plugins: [router] } })
  expect(screen.find('[aria-busy]').exists()).toBe(true)
  kinds.reject(new Error('the store is damaged'))
  await flushPromises()
  expect(screen.text()).toContain('the store is damaged')
})

it('is offered for finished runs beside those with screens of their own', async () => {
  const { router, run } = opened()
  const menu = mount(AnalyseMenu, { props: { runs: [run] }, global: { plugins: [router] } })
  await flushPromises()
  const items = menu.getComponent(UiMenu).props('items') as { label: string; hint: string; run: () => void }[]
  const own = items.filter(({ hint }) => hint === 'of the extension mine')
  expect(own.map(({ label }) => label)).toEqual(['The weight-norm'])
  own[0]!.run()
  await flushPromises()
  expect(router.currentRoute.value).toMatchObject({
    name: 'analysis',
    params: { kind: 'weight-norm' },
    query: { runs: 'a' },
  })
})
