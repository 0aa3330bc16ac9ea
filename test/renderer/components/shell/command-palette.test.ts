// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { effectScope, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import CommandPalette from '../../../../src/renderer/components/shell/CommandPalette.vue'
import { useCommands, type Command } from '../../../../src/renderer/composables/use-commands.ts'
import { usePalette } from '../../../../src/renderer/composables/use-palette.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

test('what is found first is highlighted, also where it comes after the query', async () => {
  provideFakeHost()
  setActivePinia(createPinia())
  const commands = shallowRef<readonly Command[]>([])
  const scope = effectScope()
  scope.run(() => useCommands(() => commands.value))
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: {} }] })
  const palette = mount(CommandPalette, { attachTo: document.body, global: { plugins: [router] } })
  usePalette().show('table 8')
  await flushPromises()
  commands.value = [8, 18].map((number) => ({ id: `${number}`, title: `Table ${number}`, run: () => undefined }))
  await vi.waitFor(() => expect(document.querySelector('[data-highlighted]')?.textContent).toContain('Table 8'))
  const filter = document.querySelector('input')!
  expect(document.getElementById(filter.getAttribute('aria-activedescendant')!)?.textContent).toContain('Table 8')
  palette.unmount()
  scope.stop()
})
