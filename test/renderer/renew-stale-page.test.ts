// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { renewStalePage } from '../../src/renderer/renew-stale-page.ts'
import { useToastsStore } from '../../src/renderer/stores/toasts.ts'

const pageOf = (script: string) =>
  new DOMParser().parseFromString(`<script type="module" src="${script}"></script>`, 'text/html')

beforeEach(() => {
  setActivePinia(createPinia())
  const { happyDOM } = window as unknown as { happyDOM: { settings: { handleDisabledFileLoadingAsSuccess: boolean } } }
  happyDOM.settings.handleDisabledFileLoadingAsSuccess = true
  document.head.innerHTML = '<script type="module" src="./assets/index-old.js"></script>'
})

/** A page whose settings are gone from the host, which serves another page now, or none. */
async function askForSettings(fetchPage: () => Promise<Document>) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/runs', component: {} },
      { path: '/settings', component: () => Promise.reject(new TypeError('Failed to fetch module')) },
    ],
  })
  const reload = vi.fn()
  renewStalePage(router, { fetchPage, reload })
  await router.push('/runs')
  await router.push('/settings?a=b').catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve))
  return { router, reload, said: useToastsStore().shown.map(({ text }) => text) }
}

it('loads a page that was updated anew, at the place that was asked for', async () => {
  const { reload, said } = await askForSettings(async () => pageOf('./assets/index-new.js'))
  expect(reload).toHaveBeenCalledExactlyOnceWith('/settings?a=b')
  expect(said).toEqual([])
})

it('stays and says why where the page is the same: loading it again would go round in circles', async () => {
  const { reload, said, router } = await askForSettings(async () => pageOf('./assets/index-old.js'))
  expect(reload).not.toHaveBeenCalled()
  expect(said).toEqual(['This screen could not be loaded. Failed to fetch module'])
  expect(router.currentRoute.value.path).toBe('/runs')
})

it('stays where the host does not answer, instead of leaving for a page of the browser', async () => {
  const { reload, said } = await askForSettings(() => Promise.reject(new TypeError('Failed to fetch')))
  expect(reload).not.toHaveBeenCalled()
  expect(said).toEqual(['This screen could not be loaded. The host does not answer; try again once it does.'])
})
