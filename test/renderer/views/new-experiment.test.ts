// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { fakeHost } from '../support/fake-host.ts'

let host = fakeHost()
vi.mock('../../../src/renderer/api/client.ts', () => ({
  get client() {
    return host.client
  },
  get connection() {
    return host.connection
  },
}))
const { default: NewExperimentView } = await import('../../../src/renderer/views/NewExperimentView.vue')
const { usePreferencesStore } = await import('../../../src/renderer/stores/preferences.ts')

const Elsewhere = defineComponent({ render: () => h('p', 'elsewhere') })
const sourceOf = (name: string) => `name: ${name}\ndata: { source: mnist }\n`
const create = vi.fn(async () => ({ id: 'e', created: true, runs: [] }))

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
  return { router }
}

const draft = () => usePreferencesStore().read('new-experiment', { text: '' }).text

beforeEach(() => {
  localStorage.clear()
  host = fakeHost()
  setActivePinia(createPinia())
  Object.assign(host.client, {
    experiments: {
      presets: async () =>
        ['first', 'second'].map((name) => ({ name, title: name, sentence: '', source: sourceOf(name) })),
      schema: async () => ({ type: 'object', properties: {} }),
      parse: async ({ source }: { source: string }) => ({
        name: /^name: (.*)$/m.exec(source)![1]!,
        data: {},
        network: {},
      }),
      plan: async () => ({ matrix: [] }),
      network: async () => null,
      create,
    },
    // Never answers: what the data set is does not matter here.
    data: { describe: () => new Promise(() => {}) },
  })
})

test('an example that an address asks for is taken once, not each time the page is come back to', async () => {
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

test('an example is not taken again when the link to the host comes back', async () => {
  await opened('/new?preset=second')
  await vi.waitUntil(() => draft() === sourceOf('second'))
  const asked = vi.spyOn(host.client.experiments, 'presets')
  host.cutLink()
  await flushPromises()
  host.mendLink()
  await flushPromises()
  expect(asked).not.toHaveBeenCalled()
})
