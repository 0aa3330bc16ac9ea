// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { routes } from '../../../src/renderer/router.ts'
import { provideFakeHost, type FakeHost } from '../support/fake-host.ts'
import { runSummary } from '../support/run-summary.ts'

let host: FakeHost
vi.mock('../../../src/renderer/boards/tabs.ts', () => ({
  compareTabs: ['first', 'second'].map((id) => ({
    id,
    title: `The ${id}`,
    board: {
      props: ['choice', 'compared', 'query'],
      template: `<p>${id}: {{ query.runs.join() }}, {{ query.rule }}</p>`,
    },
  })),
}))
const { default: CompareView } = await import('../../../src/renderer/views/CompareView.vue')

beforeEach(() => {
  host = provideFakeHost()
  trained('a1', 'a', 1)
})

function trained(id: string, experimentId: string, createdAt: number, experiment = `named ${experimentId}`): void {
  const run = runSummary({ id, experimentId, experiment, createdAt, status: 'done' })
  host.publish({ type: 'run', run })
}

async function opened(address: string) {
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(address)
  const wrapper = mount(CompareView, { global: { plugins: [router] }, attachTo: document.body })
  onTestFinished(() => wrapper.unmount())
  await vi.waitUntil(() => wrapper.find('[role="tabpanel"] p').exists())
  return { wrapper, router, shown: () => wrapper.get('[role="tabpanel"] p').text() }
}

function buttonNamed(wrapper: VueWrapper, name: string) {
  return wrapper.findAll('button').find((button) => button.text() === name)!
}

describe('Compare', () => {
  it('opens the tab that its address names, the first where it names none', async () => {
    expect((await opened('/compare?runs=a&tab=second')).shown()).toMatch(/^second/)
    expect((await opened('/compare?runs=a&tab=third')).shown()).toMatch(/^first/)
    expect((await opened('/compare?runs=a')).shown()).toMatch(/^first/)
  })

  it('keeps the runs that it showed first, and offers newer ones', async () => {
    const { wrapper, router, shown } = await opened('/compare')
    expect(shown()).toMatch(/^first: a1/)
    trained('b1', 'b', 2)
    await vi.waitUntil(() => wrapper.text().includes('Newer results: named b'))
    expect(router.currentRoute.value.query).toEqual({ runs: 'a' })
    expect(shown()).toMatch(/^first: a1/)
    await buttonNamed(wrapper, 'Show').trigger('click')
    await vi.waitUntil(() => shown().startsWith('first: b1'))
    expect(wrapper.text()).not.toContain('Newer results')
    router.back()
    await vi.waitUntil(() => shown().startsWith('first: a1'))
  })

  it('shows the newest experiment of a name, says which else there are, and stays when another comes', async () => {
    trained('z1', 'z', 0, 'named a')
    const { wrapper, router, shown } = await opened('/compare?runs=named+a')
    await vi.waitUntil(() => router.currentRoute.value.query['runs'] === 'a')
    expect(shown()).toMatch(/^first: a1/)
    expect(wrapper.text()).toContain('“named a” is the name of 2 experiments; the newest is shown.')
    trained('y1', 'y', 9, 'named a')
    await vi.waitUntil(() => wrapper.text().includes('Newer results'))
    expect(shown()).toMatch(/^first: a1/)
    await wrapper.get('a.link').trigger('click')
    await vi.waitUntil(() => shown().startsWith('first: z1'))
    expect(wrapper.text()).not.toContain('is the name of')
  })

  it('keeps what else is compared when an older experiment of a shared name is shown', async () => {
    trained('z1', 'z', 0, 'named a')
    trained('b1', 'b', 2)
    const { wrapper, router, shown } = await opened('/compare?runs=b,named+a')
    await vi.waitUntil(() => router.currentRoute.value.query['runs'] === 'b,a')
    await wrapper.get('a.link').trigger('click')
    await vi.waitUntil(() => router.currentRoute.value.query['runs'] === 'b,z')
    await vi.waitUntil(() => shown().startsWith('first: b1,z1'))
    expect(wrapper.text()).not.toContain('is the name of')
  })

  it('offers newer results once, and none from before', async () => {
    trained('c1', 'c', 3)
    const { wrapper } = await opened('/compare?runs=a')
    expect(wrapper.text()).not.toContain('Newer results')
    trained('d1', 'd', 4)
    await vi.waitUntil(() => wrapper.text().includes('Newer results: named d'))
    await wrapper.get('button[aria-label="Stay here"]').trigger('click')
    expect(wrapper.text()).not.toContain('Newer results')
  })

  it('says that what to know of the runs could not be read, and not what was to know of others', async () => {
    host.answer({
      evaluations: {
        caveats: async (input) => {
          if (input?.runs?.includes('a1')) return [{ kind: 'processors', sentence: 'One seed only.', processors: [] }]
          throw new Error('the store is damaged')
        },
      },
    })
    trained('b1', 'b', 2)
    const { wrapper, router } = await opened('/compare?runs=a')
    await vi.waitUntil(() => wrapper.text().includes('One seed only.'))
    await router.push('/compare?runs=b')
    await vi.waitUntil(() => wrapper.text().includes('could not be read: the store is damaged'))
    expect(wrapper.text()).not.toContain('One seed only.')
  })

  it('does not change the address of the next screen', async () => {
    const { router } = await opened('/compare')
    await router.push('/settings')
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/settings')
  })

  it('keeps the runs, their reading and the settings of tabs from one tab to another, which the back button undoes', async () => {
    const { wrapper, router, shown } = await opened('/compare?runs=a&rule=patience&smoothing=0.9')
    expect(shown()).toBe('first: a1, patience')
    await wrapper.findAll('[role="tab"]')[1]!.trigger('mousedown', { button: 0, ctrlKey: false })
    await vi.waitUntil(() => router.currentRoute.value.query['tab'] === 'second')
    expect(router.currentRoute.value.query).toEqual({ runs: 'a', rule: 'patience', smoothing: '0.9', tab: 'second' })
    expect(shown()).toBe('second: a1, patience')
    router.back()
    await vi.waitUntil(() => router.currentRoute.value.query['tab'] === undefined)
    await vi.waitUntil(() => shown() === 'first: a1, patience')
  })
})
