// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import KeyFigures from '../../../../../src/renderer/components/compare/what-if/KeyFigures.vue'
import type { WhatIfAnswer } from '../../../../../src/shared/what-if.ts'

test.each([
  [50e6, '2.00 ×', 'less compute'],
  [125e6, '1.25 ×', 'more compute'],
])('%d multiply-adds of a backbone of 100 million are %s %s', (cost, times, words) => {
  const answer = { value: { mean: 80, std: null }, cost: { mean: cost, std: null }, backboneCost: 100e6 }
  const props = { answer: answer as WhatIfAnswer }
  const figures = mount(KeyFigures, { props, global: { plugins: [createPinia()] } }).findAll('div')
  const [amount, compute] = figures.slice(-2).map((figure) => figure.text().replaceAll(/\s+/g, ' '))
  expect(compute).toBe(`${times}${words}`)
  expect(amount).toMatch(/^\d+\.?\d* Mmultiply-adds$/)
})
