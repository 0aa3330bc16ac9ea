// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import SampleCard from '../../../../src/renderer/panels/samples/SampleCard.vue'

const sample = { sample: 4, label: 7, leaves: 0, predictions: [2, 7], confidences: [0.8, 0.9] }
const classes = ['T-shirt', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker']

it('a sample has the names of its class and of what the exit takes it for where it leaves, right or wrong', () => {
  const early = mount(SampleCard, { props: { sample, drawn: null, classes } })
  expect(early.text()).toBe('Sneaker→ Pullover')
  expect(early.get('.taken').classes()).not.toContain('right')
  const late = mount(SampleCard, { props: { sample: { ...sample, leaves: 1 }, drawn: null, classes } })
  expect(late.get('.taken').classes()).toContain('right')
})
