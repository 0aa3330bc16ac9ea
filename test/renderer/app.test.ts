// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import App from '../../src/renderer/App.vue'

/** A drop of something on the window; whether the page keeps the browser from opening it. */
function dropped(types: readonly string[]): boolean {
  const event = new Event('drop', { cancelable: true })
  Object.defineProperty(event, 'dataTransfer', { value: { types, files: [] } })
  window.dispatchEvent(event)
  return event.defaultPrevented
}

test('a file that is dropped on a screen that takes none does not replace the page', () => {
  const router = createRouter({ history: createMemoryHistory(), routes: [] })
  const app = mount(App, { global: { plugins: [createPinia(), router], stubs: { AppShell: true } } })
  expect(dropped(['Files'])).toBe(true)
  expect(dropped(['text/plain'])).toBe(false)
  app.unmount()
})

test('a page begins anew with each run, search and analysis', async () => {
  const Page = defineComponent({
    props: ['id'],
    setup:
      ({ id }: { id: string }) =>
      () =>
        h('p', `begun with ${id}`),
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/searches/:id', props: true, component: Page }],
  })
  await router.push('/searches/first')
  const stubs = { AppShell: { template: '<div><slot /></div>' } }
  const app = mount(App, { global: { plugins: [createPinia(), router], stubs } })
  await router.push('/searches/second')
  await flushPromises()
  expect(app.text()).toBe('begun with second')
  app.unmount()
})
