// @vitest-environment happy-dom
import { expect, it, onTestFinished, vi } from 'vitest'

/** What is said after an experiment was saved in the desktop window. */
async function said(saveFile: () => Promise<string | null>): Promise<string[]> {
  vi.resetModules()
  Object.assign(window, { exitlab: { saveFile } })
  onTestFinished(() => void delete window.exitlab)
  const { useSave } = await import('../../../src/renderer/composables/use-save.ts')
  const { useToastsStore } = await import('../../../src/renderer/stores/toasts.ts')
  const { provideFakeHost } = await import('../support/fake-host.ts')
  const host = provideFakeHost()
  await host.run(() => useSave()).saveYaml('toy.yaml', 'name: toy\n')
  return host.run(() => useToastsStore().shown.map(({ text }) => text))
}

it('says where an experiment was saved, nothing where that was called off', async () => {
  expect(await said(async () => '/home/me/toy.yaml')).toEqual(['Saved /home/me/toy.yaml'])
  expect(await said(async () => null)).toEqual([])
})

it('says why an experiment could not be saved', async () => {
  const full = () => Promise.reject(new Error('the disk is full'))
  expect(await said(full)).toEqual(['toy.yaml could not be saved: the disk is full'])
})
