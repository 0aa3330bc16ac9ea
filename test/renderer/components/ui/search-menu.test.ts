// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { nextTick, reactive } from 'vue'
import type { MenuItem } from '../../../../src/renderer/components/ui/menu-item.ts'
import UiSearchMenu from '../../../../src/renderer/components/ui/UiSearchMenu.vue'

/** A menu of columns, of which some are ticked. */
async function opened(props: { bare?: boolean; keepOpen?: boolean } = {}) {
  const columns = reactive([
    { label: 'Name', checked: true, disabled: true },
    { label: 'Seed', hint: 'number of the repetition', checked: false },
    { label: 'Learning rate', hint: 'training.learningRate', checked: false, heading: 'Settings' },
    { label: 'Batch size', hint: 'training.batchSize', checked: true },
  ])
  const items: readonly MenuItem[] = columns.map((column) =>
    Object.assign(column, { run: () => void (column.checked = !column.checked) }),
  )
  const page = mount(UiSearchMenu, { props: { items, label: 'Columns', ...props }, attachTo: document.body })
  onTestFinished(() => page.unmount())
  await page.get('button').trigger('click')
  await vi.waitUntil(() => options().length === 4)
  return columns
}

const options = () => [...document.querySelectorAll<HTMLElement>('[role="option"]')]
const ticked = () => options().map((option) => option.getAttribute('aria-checked'))

async function search(text: string): Promise<void> {
  const field = document.querySelector<HTMLInputElement>('[aria-label="Search: Columns"]')!
  field.value = text
  field.dispatchEvent(new Event('input'))
  await nextTick()
}

describe('a menu with a search', () => {
  test('lists what has all words in its label or hint, under its heading', async () => {
    await opened()
    await search('training size')
    expect(options().map((option) => option.textContent)).toEqual(['Batch sizetraining.batchSize'])
    expect(document.querySelector('.heading')!.textContent!.trim()).toBe('Settings')
    await search('nothing of it')
    expect(options()).toEqual([])
  })

  test('stays open where more can be chosen, and shows what is ticked', async () => {
    const columns = await opened({ keepOpen: true })
    expect(ticked()).toEqual(['true', 'false', 'false', 'true'])
    options()[1]!.click()
    await nextTick()
    expect(columns[1]!.checked).toBe(true)
    expect(ticked()).toEqual(['true', 'true', 'false', 'true'])
    options()[0]!.click()
    await nextTick()
    expect(ticked()[0]).toBe('true')
  })

  test('closes after a choice otherwise', async () => {
    const columns = await opened()
    options()[2]!.click()
    await vi.waitUntil(() => options().length === 0)
    expect(columns[2]!.checked).toBe(true)
  })
})
