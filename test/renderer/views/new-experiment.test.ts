// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client'
import { flushPromises, mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { parse } from 'yaml'
import NewExperimentView from '../../../src/renderer/views/NewExperimentView.vue'
import { useUndoStore } from '../../../src/renderer/stores/undo.ts'
import type { RunDetail } from '../../../src/contract/run-detail.ts'
import { usePreferencesStore } from '../../../src/renderer/stores/preferences.ts'
import { experimentFile } from '../../../src/contract/experiment/experiment.ts'
import PlanPreview from '../../../src/renderer/components/new/PlanPreview.vue'
import { provideFakeHost, type FakeHost } from '../support/fake-host.ts'
import { runSummary } from '../support/run-summary.ts'

let host: FakeHost

const Elsewhere = defineComponent({ render: () => h('p', 'elsewhere') })
const sourceOf = (name: string) => `name: ${name}
data: { source: mnist }
network: { family: resnet, variant: resnet18 }
regimes: [joint]
`
/** Answers that do not matter here. */
const forever = new Promise<never>(() => {})
const create = vi.fn(async () => ({ id: 'e', created: true, runs: [] }))
const presets = vi.fn(async () =>
  ['first', 'second'].map((name) => ({ name, title: name, sentence: '', source: sourceOf(name) })),
)

async function opened(address: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/new', name: 'new', component: NewExperimentView },
      { path: '/runs', name: 'runs', component: Elsewhere },
    ],
  })
  await router.push(address)
  const page = mount(() => h(TooltipProvider, () => h(RouterView)), {
    attachTo: document.body,
    global: { plugins: [router] },
  })
  onTestFinished(() => page.unmount())
  await flushPromises()
  return { router, page }
}

const draft = () => usePreferencesStore().read('new-experiment', { text: '' }).text

beforeEach(() => {
  localStorage.clear()
  host = provideFakeHost({
    experiments: {
      presets,
      schema: async () => ({ type: 'object', properties: {} }),
      parse: async ({ source }) => experimentFile.parse(parse(source)),
      plan: () => forever,
      network: () => forever,
      create,
    },
    data: { describe: () => forever },
  })
})

test('an example that an address names is opened once, not on each return to the page', async () => {
  const { router } = await opened('/new?preset=second')
  await vi.waitUntil(() => draft() === sourceOf('second'))
  expect(router.currentRoute.value.fullPath).toBe('/new')
  usePreferencesStore().write('new-experiment', { text: sourceOf('mine'), folder: null, fileName: null })
  await router.push('/runs')
  router.back()
  await vi.waitUntil(() => router.currentRoute.value.name === 'new')
  await flushPromises()
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(draft()).toBe(sourceOf('mine'))
})

test('an example is not opened again when the connection is restored', async () => {
  await opened('/new?preset=second')
  await vi.waitUntil(() => draft() === sourceOf('second'))
  presets.mockClear()
  host.cutLink()
  await flushPromises()
  host.mendLink()
  await flushPromises()
  expect(presets).not.toHaveBeenCalled()
})

test('a text that was replaced can be restored on another screen, and after a return', async () => {
  usePreferencesStore().write('new-experiment', { text: sourceOf('mine'), folder: null, fileName: null })
  const { router } = await opened('/new?preset=second')
  await vi.waitUntil(() => draft() === sourceOf('second'))
  await router.push('/runs')
  await router.push('/new')
  await flushPromises()
  useUndoStore().undo()
  await flushPromises()
  expect(draft()).toBe(sourceOf('mine'))
})

test('a copy of a run that comes after the screen was left changes neither the draft nor the next address', async () => {
  const shown = Promise.withResolvers<RunDetail>()
  host.answer({ runs: { show: () => shown.promise } })
  usePreferencesStore().write('new-experiment', { text: sourceOf('mine'), folder: null, fileName: null })
  const { router } = await opened('/new?from=r1')
  await router.push('/runs?q=mixed')
  shown.resolve({
    ...{ file: {}, source: sourceOf('r1'), regime: 'joint', seed: 1, settings: {} },
  } as unknown as RunDetail)
  await flushPromises()
  expect([router.currentRoute.value.fullPath, draft()]).toEqual(['/runs?q=mixed', sourceOf('mine')])
})

test('the runs of an experiment that was started are listed, and not those of others of its name', async () => {
  host.publish({ type: 'run', run: runSummary({ id: 'r', experimentId: 'other', experiment: 'second' }) })
  const { router, page } = await opened('/new?preset=second')
  await vi.waitUntil(() => draft() === sourceOf('second'))
  const preview = page.getComponent(PlanPreview)
  await vi.waitUntil(() => {
    preview.vm.$emit('start')
    return router.currentRoute.value.name === 'runs'
  })
  expect(router.currentRoute.value.query).toEqual({ q: 'experiment:=e' })
})

test('who has gone elsewhere while an experiment is started stays there', async () => {
  const started = Promise.withResolvers<{ id: string; created: boolean; runs: [] }>()
  host.answer({ experiments: { create: () => started.promise } })
  const { router, page } = await opened('/new?preset=second')
  await vi.waitUntil(() => draft() === sourceOf('second'))
  const preview = page.getComponent(PlanPreview)
  await vi.waitUntil(() => {
    preview.vm.$emit('start')
    return preview.props('starting')
  })
  await router.push('/runs?q=mixed')
  started.resolve({ id: 'e', created: true, runs: [] })
  await flushPromises()
  expect(router.currentRoute.value.fullPath).toBe('/runs?q=mixed')
})

test('a setting that would do away with a problem is set by one click', async () => {
  const problems = [
    { path: ['network', 'file'], message: 'other size', remedies: [{ path: ['data', 'pad'], value: 2 }] },
  ]
  const refused = new ORPCError('EXITLAB', {
    defined: true,
    message: 'other size',
    data: { code: 'invalid-experiment', problems },
  })
  host.answer({ experiments: { plan: () => Promise.reject(refused) } })
  usePreferencesStore().write('new-experiment', { text: sourceOf('mine'), folder: null, fileName: null })
  const { page } = await opened('/new')
  const remedy = await vi.waitUntil(() => page.findAll('button').find((each) => each.text() === 'Set data.pad to 2'))
  await remedy.trigger('click')
  expect(parse(draft())).toEqual({ ...(parse(sourceOf('mine')) as object), data: { source: 'mnist', pad: 2 } })
})
