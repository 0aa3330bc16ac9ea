// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ImportInspection } from '../../../../src/contract/imports.ts'
import ImportDialog from '../../../../src/renderer/components/imports/ImportDialog.vue'
import { routes } from '../../../../src/renderer/router.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const found: ImportInspection = { names: [], patterns: [], results: [], problem: 'no costs', missing: null }

it('shows why files cannot be read in the place of what was found in others', async () => {
  provideFakeHost({
    imports: {
      list: async () => [],
      inspect: async ({ paths }) => (paths[0] === '/log' ? found : Promise.reject(new Error('the name is too long'))),
    },
  })
  const dialog = mount(ImportDialog, {
    props: { open: true, dropped: null },
    global: { plugins: [createRouter({ history: createMemoryHistory(), routes })] },
    attachTo: document.body,
  })
  onTestFinished(() => dialog.unmount())
  await flushPromises()
  const type = (path: string) => {
    const field = document.querySelector<HTMLInputElement>('#import input')!
    field.value = path
    field.dispatchEvent(new Event('input'))
  }
  const alert = () => document.querySelector('#import [role=alert]')?.textContent ?? ''
  type('/log')
  await vi.waitUntil(() => alert().includes('no costs'))
  type('/another')
  await vi.waitUntil(() => alert().includes('the name is too long'))
  expect(document.querySelector('#import')!.textContent).not.toContain('no costs')
})
