// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { usePaperCommands } from '../../../../src/renderer/composables/paper/use-paper-commands.ts'
import { useAllCommands } from '../../../../src/renderer/composables/use-commands.ts'
import { usePalette } from '../../../../src/renderer/composables/use-palette.ts'
import { provideFakeHost } from '../../support/fake-host.ts'
import { paperItem, paperStatus } from '../../support/paper.ts'

test('the palette leads to tables of the paper, which it asks for when it is opened', async () => {
  const status = vi.fn(async () =>
    paperStatus({ items: [paperItem({ id: 'table-8', title: 'ResNet-34, CIFAR-100' })] }),
  )
  provideFakeHost({ paper: { status } })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['/', '/paper'].map((path) => ({
      path,
      name: path.slice(1) || 'runs',
      component: { render: () => h('p') },
    })),
  })
  const Screen = defineComponent(() => (usePaperCommands(), () => h('p')))
  const screen = mount(Screen, { global: { plugins: [router] } })
  const commands = useAllCommands()
  await flushPromises()
  expect(status).not.toHaveBeenCalled()
  usePalette().show()
  await vi.waitUntil(() => commands.value.length === 1)
  expect(commands.value[0]).toMatchObject({ title: 'Table 8: ResNet-34, CIFAR-100', group: 'Paper' })
  commands.value[0]!.run()
  await vi.waitUntil(() => router.currentRoute.value.name === 'paper')
  expect(router.currentRoute.value.query).toEqual({ item: 'table-8' })
  usePalette().open.value = false
  screen.unmount()
})
