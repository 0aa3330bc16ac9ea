// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import ExitsFigure from '../../../../../src/renderer/components/runs/drawer/ExitsFigure.vue'

const scores = [
  { exit: 0, value: 0.55 },
  { exit: 'final', value: 0.6 },
] as const

const axisOf = (band: { mean: number; std: number | null }[]) =>
  mount(ExitsFigure, { props: { task: undefined, regime: 'mixed', look: null, scores, costs: [0.5, 1], band } })
    .findAll('text[text-anchor="end"]')
    .map((tick) => tick.text())
    .filter((text) => /^\d+$/.test(text))

it('has an axis of whole tens of a per cent that reaches over the scores and the band', () => {
  const seeds = (std: number | null) => [0.55, 0.6].map((mean) => ({ mean, n: 3, std }))
  expect(axisOf([])).toEqual(['40', '45', '50', '55', '60'])
  expect(axisOf(seeds(null))).toEqual(axisOf([]))
  expect(axisOf(seeds(0.14))).toEqual(['40', '50', '60', '70', '80'])
})
