// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import ValueCard from '../../../../src/renderer/panels/largest-errors/ValueCard.vue'

it('a sample of a regression has its texts, its value, what the exit predicts where it leaves, and the error', () => {
  const value = { sample: 9, value: 2, leaves: 0, predictions: [0.5, 2.25], error: -1.5 }
  const drawn = { sample: 9, index: 9, label: 0, mixedWith: null, texts: { first: 'One text.', second: 'Another.' } }
  const card = mount(ValueCard, { props: { sample: value, drawn, range: [0, 4] as const } })
  const text = card.text().replaceAll(/\s+/g, ' ')
  expect(text).toContain('One text.Another.')
  expect(text).toContain('true: 2.00')
  expect(text).toContain('exit 0: 0.50')
  expect(card.get('b').text()).toBe('−1.50')
  expect(text).toContain('Sample 9, true value 2.00. It leaves at exit 0. exit 0: 0.50; final: 2.25.')
  // 4 % of room at either side: the value in the middle, the predictions at an eighth and at nine sixteenths.
  expect(card.findAll('line')[1]!.attributes('x1')).toBe('50%')
  expect(card.findAll('circle').map((dot) => dot.attributes('cx'))).toEqual(['15.5%', '55.75%'])
  expect(card.findAll('circle').map((dot) => dot.classes('leaves'))).toEqual([true, false])
})
