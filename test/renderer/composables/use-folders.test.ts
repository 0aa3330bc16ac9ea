// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'

const shell = {
  chooseFolder: vi.fn<() => Promise<string | null>>(),
  chooseFiles: vi.fn<() => Promise<string[]>>(),
  pathOf: vi.fn<(file: File) => string>(),
  showInFolder: vi.fn<() => Promise<void>>(),
}
vi.mock('../../../src/renderer/api/shell.ts', () => ({ shell }))
const { useFolders } = await import('../../../src/renderer/composables/use-folders.ts')
const { useToastsStore } = await import('../../../src/renderer/stores/toasts.ts')

beforeEach(() => setActivePinia(createPinia()))

test('a folder is chosen, or none', async () => {
  shell.chooseFolder.mockResolvedValueOnce('/data').mockResolvedValueOnce(null)
  const { choose } = useFolders()
  expect([await choose!(), await choose!()]).toEqual(['/data', null])
})

test('files are chosen by their paths, and dropped ones known by theirs, but for those on no disk', async () => {
  shell.chooseFiles.mockResolvedValueOnce(['/a.csv', '/b.csv']).mockRejectedValueOnce(new Error('no dialog'))
  shell.pathOf.mockImplementation(({ name }) => (name === 'text' ? '' : `/logs/${name}`))
  const { chooseFiles, pathsOf } = useFolders()
  expect([await chooseFiles!(), await chooseFiles!()]).toEqual([['/a.csv', '/b.csv'], []])
  expect(pathsOf!([new File([], 'a'), new File([], 'text')])).toEqual(['/logs/a'])
})

test('a folder that the machine cannot show or choose is reported', async () => {
  shell.chooseFolder.mockRejectedValue(new Error('no dialog'))
  shell.showInFolder.mockRejectedValue(new Error('no such folder'))
  const { choose, show } = useFolders()
  expect(await choose!()).toBeNull()
  await show!('/gone')
  expect(useToastsStore().shown.map(({ text }) => text)).toEqual([
    'No folder could be chosen: no dialog',
    '/gone could not be shown: no such folder',
  ])
})
