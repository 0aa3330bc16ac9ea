// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, onTestFinished, vi } from 'vitest'
import NoticesDialog from '../../../../src/renderer/components/settings/NoticesDialog.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

/** The dialog, where the page's own server answers so. */
async function opened(answer: Response): Promise<HTMLElement> {
  const fetch = vi.fn(async (_: string) => answer)
  vi.stubGlobal('fetch', fetch)
  onTestFinished(() => void vi.unstubAllGlobals())
  provideFakeHost()
  const dialog = mount(NoticesDialog, { attachTo: document.body })
  onTestFinished(() => dialog.unmount())
  await flushPromises()
  // Beside the page, wherever that is.
  expect(fetch.mock.calls[0]![0]).toBe('third-party.json')
  return document.querySelector<HTMLElement>('[role=dialog]')!
}

it('lists what the page contains of others, each with the text of its licence', async () => {
  const notice = {
    name: 'charts',
    version: '6.1.0',
    licence: 'MIT',
    source: 'https://github.com/c/charts',
    texts: ['<b>'],
  }
  const dialog = await opened(Response.json([notice, { ...notice, name: 'other', source: null }]))
  expect(dialog.textContent).toContain('contains 2 packages of others')
  expect([...dialog.querySelectorAll('summary')].map((each) => each.textContent!.replace(/\s+/g, ' ').trim())).toEqual([
    'charts 6.1.0 MIT',
    'other 6.1.0 MIT',
  ])
  expect([...dialog.querySelectorAll('pre')].map((each) => each.textContent)).toEqual(['<b>', '<b>'])
})

it.each([
  ['the page itself', new Response('<html>', { headers: { 'content-type': 'text/html' } }), 200],
  ['nothing', new Response('There is nothing here.', { status: 404 }), 404],
])('says where they are made where its server has %s in their place', async (_, answer, status) => {
  const dialog = await opened(answer)
  expect(dialog.querySelector('[role=alert]')!.textContent).toBe(
    `The licences are not beside the page (${status}). They are made with it: npm run build`,
  )
})
