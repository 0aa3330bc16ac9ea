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

it('reloads a page that was updated, at the requested place', async () => {
  const { reload, said } = await askForSettings(async () => pageOf('./assets/index-new.js'))
  expect(reload).toHaveBeenCalledExactlyOnceWith('/settings?a=b')
  expect(said).toEqual([])
})

it('does not reload a page that is the same, which would repeat for ever, and reports the error', async () => {
  const { reload, said, router } = await askForSettings(async () => pageOf('./assets/index-old.js'))
  expect(reload).not.toHaveBeenCalled()
  expect(said).toEqual(['This screen could not be loaded. Failed to fetch module'])
  expect(router.currentRoute.value.path).toBe('/runs')
})

it('does not reload where the host does not answer, instead of leaving for an error page of the browser', async () => {
  const { reload, said } = await askForSettings(() => Promise.reject(new TypeError('Failed to fetch')))
  expect(reload).not.toHaveBeenCalled()
  expect(said).toEqual(['This screen could not be loaded. The host does not answer; try again once it does.'])
})
