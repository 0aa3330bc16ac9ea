// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { h } from 'vue'
import RunNotes from '../../../../../src/renderer/components/run/header/RunNotes.vue'
import { useToastsStore } from '../../../../../src/renderer/stores/toasts.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { runSummary } from '../../../support/run-summary.ts'

const note = vi.fn<() => Promise<{ runs: [] }>>()

async function writing(text: string) {
  const run = runSummary({ id: 'a', note: 'before' })
  const page = mount(() => h(TooltipProvider, () => h(RunNotes, { run })), { attachTo: document.body })
  await page.get('button.read').trigger('click')
  await page.get('textarea').setValue(text)
  return page
}

beforeEach(() => {
  note.mockReset().mockResolvedValue({ runs: [] })
  provideFakeHost({ runs: { note } })
})

describe('a note', () => {
  test('is saved by the host when its field is left', async () => {
    const page = await writing('after')
    await page.get('textarea').trigger('blur')
    await flushPromises()
    expect(note).toHaveBeenCalledExactlyOnceWith({ run: 'a', note: 'after' })
    expect(page.find('textarea').exists()).toBe(false)
  })

  test('that could not be saved stays in its field, with the reason', async () => {
    note.mockRejectedValueOnce(new Error('the disk is full'))
    const page = await writing('hours of thought')
    await page.get('textarea').trigger('blur')
    await flushPromises()
    expect(page.get('textarea').element.value).toBe('hours of thought')
    expect(useToastsStore().shown.map(({ text }) => text)).toEqual(['Saving the note: the disk is full'])
  })

  test('is saved when another run is opened by a key', async () => {
    const page = await writing('after')
    page.unmount()
    await flushPromises()
    expect(note).toHaveBeenLastCalledWith({ run: 'a', note: 'after' })
  })

  test('that its keys close gives the focus back', async () => {
    const page = await writing('after')
    await page.get('textarea').trigger('keydown', { key: 'Enter', ctrlKey: true })
    await flushPromises()
    expect(document.activeElement).toBe(page.get('button.read').element)
  })

  test('that is edited while it is saved stays open', async () => {
    const page = await writing('one')
    await page.get('textarea').trigger('keydown', { key: 'Enter', ctrlKey: true })
    await page.get('textarea').setValue('one two')
    await flushPromises()
    expect(page.get('textarea').element.value).toBe('one two')
  })
})
