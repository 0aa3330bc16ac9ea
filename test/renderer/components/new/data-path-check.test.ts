// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import DataPathCheck from '../../../../src/renderer/components/new/DataPathCheck.vue'

const { desktop } = vi.hoisted(() => ({
  desktop: { shell: { chooseFolder: vi.fn<() => Promise<string | null>>(), showInFolder: vi.fn() } as object | null },
}))
vi.mock('../../../../src/renderer/api/shell.ts', () => ({
  get shell() {
    return desktop.shell
  },
}))

const { shell } = desktop as { shell: { chooseFolder: ReturnType<typeof vi.fn> } }
beforeEach(() => {
  setActivePinia(createPinia())
  desktop.shell = shell
})

const check = (found: string | null) =>
  mount(DataPathCheck, { props: { found, hint: 'Folder of images', disabled: false } })

test('in the desktop application a folder can be chosen, or the choice be cancelled', async () => {
  shell.chooseFolder.mockResolvedValueOnce('/data/birds').mockResolvedValueOnce(null)
  const wrapper = check(null)
  const click = async () => {
    await wrapper.get('button').trigger('click')
    await flushPromises()
  }
  await click()
  await click()
  expect(wrapper.emitted('choose')).toEqual([['/data/birds']])
})

test('in a browser, whose folders are not the host’s, no folder can be chosen', () => {
  desktop.shell = null
  expect(check(null).find('button').exists()).toBe(false)
})

test('describes what was found, and before that what is expected there', () => {
  expect(check('2 classes').get('[role=status]').text()).toBe('2 classes')
  expect(check(null).text()).toContain('Folder of images')
})
