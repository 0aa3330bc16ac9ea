// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { useAction } from '../../../src/renderer/composables/use-action.ts'
import { useToastsStore } from '../../../src/renderer/stores/toasts.ts'
import { provideFakeHost } from '../support/fake-host.ts'

const failing = () => Promise.reject(new Error('the disk is full'))
const texts = () => useToastsStore().shown.map(({ text }) => text)

test('the message of a failure goes once the same has succeeded, from wherever it was tried again', async () => {
  provideFakeHost()
  await useAction().run('Retrying', failing)
  await useAction().run('Tagging', failing)
  expect(texts()).toEqual(['Retrying: the disk is full', 'Tagging: the disk is full'])
  await useAction().run('Retrying', async () => 'done')
  expect(texts()).toEqual(['Tagging: the disk is full'])
})

test('a second failure of the same takes the place of the first one', async () => {
  provideFakeHost()
  const { run } = useAction()
  await run('Retrying', failing)
  await run('Retrying', () => Promise.reject(new Error('the store is locked')))
  expect(texts()).toEqual(['Retrying: the store is locked'])
})
