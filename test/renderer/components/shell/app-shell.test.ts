// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, onTestFinished } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import AppShell from '../../../../src/renderer/components/shell/AppShell.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

async function opened() {
  provideFakeHost()
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/runs', name: 'runs', component: { name: 'RunsScreen', render: () => h('button', 'Open') } },
      { path: '/new', name: 'new', component: { name: 'NewScreen', render: () => h('p', 'New') } },
    ],
  })
  await router.push('/runs')
  const app = mount(AppShell, {
    ...{ attachTo: document.body, shallow: true, slots: { default: () => h(RouterView) } },
    global: { plugins: [router], stubs: { RouterView: false, RunsScreen: false, NewScreen: false } },
  })
  onTestFinished(() => app.unmount())
  await flushPromises()
  return { app, router }
}

it('moves the focus from a screen that is left to the next one', async () => {
  const { app, router } = await opened()
  expect(document.activeElement).toBe(document.body)
  app.get<HTMLElement>('button').element.focus()
  await router.push('/new')
  await flushPromises()
  expect(document.activeElement).toBe(app.get('main').element)
})

it('leaves the focus where it is outside of screens', async () => {
  const { app, router } = await opened()
  app.get<HTMLElement>('a').element.focus()
  await router.push('/new')
  await flushPromises()
  expect(document.activeElement).toBe(app.get('a').element)
})
