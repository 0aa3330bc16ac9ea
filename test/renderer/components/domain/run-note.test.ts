// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import RunNote from '../../../../src/renderer/components/domain/RunNote.vue'
import { useToastsStore } from '../../../../src/renderer/stores/toasts.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const note = vi.fn<(_: { run: string; note: string }) => Promise<{ runs: [] }>>()

async function writing(text: string) {
  const wrapper = mount(RunNote, { props: { run: { id: 'a', note: 'before' } } })
  onTestFinished(() => wrapper.unmount())
  const field = wrapper.get('textarea')
  await field.setValue(text)
  const hint = () => wrapper.find('[role=status]')
  return { wrapper, field, hint: () => (hint().exists() ? hint().text() : '') }
}

beforeEach(() => {
  note.mockReset().mockResolvedValue({ runs: [] })
  provideFakeHost({ runs: { note } })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
})

test('a note is saved once one stops to write, and when its field is left', async () => {
  const { field, hint } = await writing('af')
  expect([hint(), note.mock.calls]).toEqual(['not saved yet', []])
  await vi.runAllTimersAsync()
  expect([hint(), note.mock.lastCall]).toEqual(['', [{ run: 'a', note: 'af' }]])
  await field.setValue('after')
  await field.trigger('blur')
  await flushPromises()
  expect(note).toHaveBeenLastCalledWith({ run: 'a', note: 'after' })
  await vi.runAllTimersAsync()
  expect(note).toHaveBeenCalledTimes(2)
})

test('a note that could not be saved stays in its field, with the reason', async () => {
  note.mockRejectedValueOnce(new Error('the disk is full'))
  const { field, hint } = await writing('hours of thought')
  await field.trigger('blur')
  await flushPromises()
  expect(field.element.value).toBe('hours of thought')
  expect(hint()).toBe('not saved yet')
  expect(useToastsStore().shown.map(({ text }) => text)).toEqual(['Saving the note: the disk is full'])
})

test('a note is saved when another run is opened by a key', async () => {
  const { wrapper } = await writing('after')
  wrapper.unmount()
  expect(note).toHaveBeenLastCalledWith({ run: 'a', note: 'after' })
})

test('what is written while a note is saved is saved too', async () => {
  const { field, hint } = await writing('one')
  const saved = Promise.withResolvers<{ runs: [] }>()
  note.mockReturnValueOnce(saved.promise)
  await field.trigger('keydown', { key: 'Enter', ctrlKey: true })
  expect(hint()).toBe('saving…')
  await field.setValue('one two')
  saved.resolve({ runs: [] })
  await flushPromises()
  expect([field.element.value, hint()]).toEqual(['one two', 'not saved yet'])
  await vi.runAllTimersAsync()
  expect(note).toHaveBeenLastCalledWith({ run: 'a', note: 'one two' })
})

test('a note that is changed elsewhere takes the place of the one that is shown, not of one that is written', async () => {
  const { wrapper, field } = await writing('mine')
  await wrapper.setProps({ run: { id: 'a', note: 'theirs' } })
  expect(field.element.value).toBe('mine')
  await field.trigger('blur')
  await flushPromises()
  await wrapper.setProps({ run: { id: 'a', note: 'theirs again' } })
  expect(field.element.value).toBe('theirs again')
})
