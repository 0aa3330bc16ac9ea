// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { expect, onTestFinished, test, vi } from 'vitest'
import { h, ref } from 'vue'
import RunTags from '../../../../src/renderer/components/domain/RunTags.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

function opened(...tags: string[]) {
  const tag = vi.fn(async () => ({ runs: [] }))
  provideFakeHost({ runs: { tag } })
  const run = ref({ id: 'a', tags })
  const page = mount(() => h(TooltipProvider, () => h(RunTags, { run: run.value })), { attachTo: document.body })
  onTestFinished(() => page.unmount())
  const button = () => page.findAll('button').at(-1)!
  return { page, run, tag, button }
}

test('a tag is added by its field, which gives the focus back to its button', async () => {
  const { page, tag, button } = opened('paper')
  await button().trigger('click')
  const field = page.get('input')
  expect(document.activeElement).toBe(field.element)
  await field.setValue(' draft ')
  await field.trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(tag).toHaveBeenCalledExactlyOnceWith({ runs: ['a'], add: ['draft'], remove: [] })
  expect(document.activeElement).toBe(button().element)
})

test('Escape adds no tag', async () => {
  const { page, tag, button } = opened()
  await button().trigger('click')
  await page.get('input').setValue('draft')
  await page.get('input').trigger('keydown', { key: 'Escape' })
  await flushPromises()
  expect(tag).not.toHaveBeenCalled()
  expect(document.activeElement).toBe(button().element)
})

test('the next tag has the focus where one is removed', async () => {
  const { page, run, tag } = opened('first', 'second')
  const cross = page.get<HTMLElement>('[aria-label="Remove tag first"]')
  cross.element.focus()
  await cross.trigger('click')
  expect(tag).toHaveBeenCalledExactlyOnceWith({ runs: ['a'], add: [], remove: ['first'] })
  run.value = { id: 'a', tags: ['second'] }
  await flushPromises()
  expect(document.activeElement!.getAttribute('aria-label')).toBe('Remove tag second')
})
