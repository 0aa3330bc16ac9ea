// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import SearchDialog from '../../../../src/renderer/components/new/SearchDialog.vue'
import { routes } from '../../../../src/renderer/router.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const start = vi.fn(
  (_: unknown, __?: { signal?: AbortSignal | undefined }) => new Promise<{ search: string }>(() => {}),
)
const experiment = { file: { name: 'sweep' }, source: 'name: sweep', folder: null }

beforeEach(() => {
  start.mockClear()
  provideFakeHost({ searches: { start } as never })
})

async function opened() {
  const router = createRouter({ history: createMemoryHistory(), routes })
  const dialog = mount(SearchDialog, {
    props: { experiment: experiment as never, open: true },
    global: { plugins: [router] },
    attachTo: document.body,
  })
  onTestFinished(() => dialog.unmount())
  await flushPromises()
  const field = (place: number) => document.querySelectorAll<HTMLInputElement>('#search-form input')[place]!
  async function submit(): Promise<void> {
    document.querySelector('#search-form')!.dispatchEvent(new Event('submit', { cancelable: true }))
    await flushPromises()
  }
  async function reopen(): Promise<void> {
    await dialog.setProps({ open: false })
    await dialog.setProps({ open: true })
    await flushPromises()
  }
  return { field, submit, reopen, leave: () => dialog.unmount() }
}

it('forgets what was wrong when it is opened again', async () => {
  const { field, submit, reopen } = await opened()
  field(0).value = '0'
  field(0).dispatchEvent(new Event('input'))
  await submit()
  expect(document.querySelector('[role=alert]')!.textContent).toBe('Budget and hours must be above 0.')
  await reopen()
  expect(document.querySelector('[role=alert]')).toBeNull()
})

it('that is closed while steps are timed takes its question back', async () => {
  const { submit, reopen } = await opened()
  await submit()
  expect(start.mock.calls[0]![1]!.signal!.aborted).toBe(false)
  await reopen()
  expect(start.mock.calls[0]![1]!.signal!.aborted).toBe(true)
})

it('that is left with its page takes its question back', async () => {
  const { submit, leave } = await opened()
  await submit()
  leave()
  expect(start.mock.calls[0]![1]!.signal!.aborted).toBe(true)
})
