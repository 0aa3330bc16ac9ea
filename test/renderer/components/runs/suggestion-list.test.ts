// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import SuggestionList from '../../../../src/renderer/components/runs/SuggestionList.vue'

it('scrolls to the suggestion that keys have reached', async () => {
  const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(() => {})
  const suggestions = Array.from({ length: 20 }, (_, at) => ({
    ...{ text: `key${at}:`, meaning: '', start: 0, end: 0, whole: false },
  }))
  const list = mount(SuggestionList, { props: { id: 'list', suggestions, chosen: -1 } })
  await list.setProps({ chosen: 15 })
  expect(scrolled.mock.contexts).toEqual([list.findAll('li')[15]!.element])
  scrolled.mockRestore()
})
