// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import KeyFigures from '../../../../src/renderer/panels/what-if/KeyFigures.vue'
import type { WhatIfAnswer } from '../../../../src/readings/what-if/schema.ts'

test.each([
  [50e6, '50.0', '2.00 ×', 'less compute'],
  [125e6, '125.0', '1.25 ×', 'more compute'],
])('%d multiply-adds of a backbone of 100 million are %s %% of its cost, %s %s', (cost, share, times, words) => {
  const answer = { value: { mean: 80, std: null }, cost: { mean: cost, std: null }, backboneCost: 100e6 }
  const props = { answer: answer as WhatIfAnswer }
  const figures = mount(KeyFigures, { props, global: { plugins: [createPinia()] } }).findAll('div')
  const [value, meanCost, amount, compute] = figures.map((figure) => figure.text().replaceAll(/\s+/g, ' '))
  expect(value).toBe('80.0 %test accuracy')
  expect(meanCost).toBe(`${share} %mean cost`)
  expect(compute).toBe(`${times}${words}`)
  expect(amount).toMatch(/^\d+\.?\d* Mmultiply-adds$/)
})

test('values of validation samples are not called those of the test set', () => {
  const answer = {
    ...{ value: { mean: 80, std: 1 }, cost: { mean: 50e6, std: 1 }, backboneCost: 100e6 },
    readOn: 'validation' as const,
  }
  const figures = mount(KeyFigures, { props: { answer: answer as WhatIfAnswer }, global: { plugins: [createPinia()] } })
  expect(figures.get('div').text()).toContain('validation accuracy ± 1.0')
})
