// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useAddress, wholeNumber } from '../../../src/renderer/composables/use-address.ts'
import type { Address } from '../../../src/renderer/composables/use-address.ts'

/** A screen at an address, of which several parts keep something there. */
async function screen(address: string) {
  const Empty = { template: '<div />' }
  const loading = Promise.withResolvers<typeof Empty>()
  const asked = vi.fn(() => loading.promise)
  const routes = [
    { path: '/', component: Empty },
    { path: '/other', component: asked },
    { path: '/last', name: 'last', component: Empty },
  ]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(address)
  const parts: Address[] = []
  const setup = () => {
    parts.push(useAddress(), useAddress())
    return () => null
  }
  const wrapper = mount({ setup }, { global: { plugins: [router] } })
  onTestFinished(() => wrapper.unmount())
  const load = () => loading.resolve(Empty)
  return { asked, load, parts: parts as [Address, Address], router, query: () => router.currentRoute.value.query }
}

describe('the address', () => {
  it('combines changes that several parts make at once, and while one is being written', async () => {
    const { parts, query } = await screen('/?kept=1&gone=1')
    parts[0].change({ a: '1', gone: null })
    parts[1].change({ b: '2' })
    await vi.waitUntil(() => query()['a'] === '1')
    expect(query()).toEqual({ kept: '1', a: '1', b: '2' })
    parts[0].change({ a: '3' })
    await Promise.resolve()
    parts[1].change({ b: '4' })
    await vi.waitUntil(() => query()['a'] === '3' && query()['b'] === '4')
  })

  it('is a step that can be undone where one of the changes is', async () => {
    const { parts, router, query } = await screen('/?a=1')
    parts[0].change({ a: '2' })
    parts[1].change({ b: '1' }, { step: true })
    await vi.waitUntil(() => query()['b'] === '1')
    router.back()
    await vi.waitUntil(() => query()['b'] === undefined)
    expect(query()).toEqual({ a: '1' })
  })

  it('is written again after a change that failed', async () => {
    const { parts, router, query } = await screen('/')
    const failed = Promise.withResolvers<unknown>()
    const stop = router.onError(failed.resolve)
    const remove = router.beforeEach(() => {
      throw new Error('refused')
    })
    const rejected = new Promise((resolve) => process.once('unhandledRejection', resolve))
    parts[0].change({ a: '1' })
    await Promise.all([failed.promise, rejected])
    stop()
    remove()
    parts[0].change({ b: '2' })
    await vi.waitUntil(() => query()['b'] !== undefined)
    expect(query()).toEqual({ b: '2' })
  })

  it('takes nothing that a screen says after it was left', async () => {
    const { parts, router } = await screen('/')
    await router.push('/last')
    parts[0].change({ threshold: '0.8' })
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/last')
  })

  it('has choices, whose defaults are not written and stand for what cannot be read', async () => {
    const { parts, query } = await screen('/?block=last&view=contour')
    const block = parts[0].choice<number | null>('block', null, wholeNumber)
    const view = parts[0].oneOf('view', ['surface', 'contour'])
    expect([block.value, view.value]).toEqual([null, 'contour'])
    block.value = 3
    view.value = 'surface'
    await vi.waitUntil(() => query()['block'] === '3')
    expect([block.value, view.value, query()]).toEqual([3, 'surface', { block: '3' }])
    block.value = null
    await vi.waitUntil(() => query()['block'] === undefined)
  })

  it('ignores changes of the previous screen', async () => {
    const { asked, load, parts, router } = await screen('/')
    const leaving = router.push('/other')
    await vi.waitUntil(() => asked.mock.calls.length > 0)
    parts[0].change({ a: '1' })
    await flushPromises()
    load()
    await leaving
    expect(router.currentRoute.value.fullPath).toBe('/other')
  })
})
