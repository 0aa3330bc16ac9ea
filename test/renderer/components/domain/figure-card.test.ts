// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import FigureCard from '../../../../src/renderer/components/domain/FigureCard.vue'
import { provideFakeHost } from '../../support/fake-host.ts'

test('a figure that could not be computed again is not shown without a word', () => {
  provideFakeHost()
  const props = { title: 'Confusion', sentence: '', option: () => ({}), error: 'The evaluation of a is damaged.' }
  const card = mount(FigureCard, { props, global: { stubs: { FigureBox: true } } })
  expect(card.text()).toContain('The evaluation of a is damaged. What is shown was computed before that.')
  expect(card.findComponent({ name: 'FigureBox' }).exists()).toBe(true)
})
