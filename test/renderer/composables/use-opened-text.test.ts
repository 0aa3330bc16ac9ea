// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import type { OpenedText } from '../../../src/shared/window/shell.ts'

const openText = vi.fn<() => Promise<OpenedText | null>>()
vi.mock('../../../src/renderer/api/shell.ts', () => ({ shell: { openText } }))
const { useOpenedText } = await import('../../../src/renderer/composables/use-opened-text.ts')
const { useToastsStore } = await import('../../../src/renderer/stores/toasts.ts')

beforeEach(() => {
  setActivePinia(createPinia())
  openText.mockReset()
})

test('a chosen file is passed on once', async () => {
  const file = { name: 'a.yaml', folder: '/home', text: 'name: a' }
  openText.mockResolvedValue(file)
  const { choose, take } = useOpenedText()
  expect(await choose()).toBe(true)
  expect([take(), take()]).toEqual([file, null])
})

test('reports why a file cannot be read', async () => {
  openText.mockRejectedValue(new Error('/home/a.png cannot be read: it is no text.'))
  const { choose, take } = useOpenedText()
  expect([await choose(), take()]).toEqual([false, null])
  expect(useToastsStore().shown).toMatchObject([
    { kind: 'error', text: 'The file could not be opened: /home/a.png cannot be read: it is no text.' },
  ])
})
