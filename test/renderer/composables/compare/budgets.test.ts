import { expect, test } from 'vitest'
import { shownBudget } from '../../../../src/renderer/composables/compare/budgets.ts'

const within = { budget: 1, mean: 50, std: null, cost: 1 }

test('panels of one budget begin with 50 %, or with the first budget that a series reaches', () => {
  const budgets = [0.25, 0.5, 1, null]
  expect(shownBudget(undefined, budgets, [])).toBe(0.5)
  expect(shownBudget(undefined, budgets, [{ cells: [null, within, within, within] }])).toBe(0.5)
  expect(shownBudget(undefined, budgets, [{ cells: [null, null, within, within] }])).toBe(1)
  expect(shownBudget(undefined, [0.25, null], [{ cells: [null, within] }])).toBe(null)
  expect(shownBudget(undefined, [0.25, 0.75], [{ cells: [null, null] }])).toBe(0.25)
})

test('they keep the budget that was chosen while it is there, reached or not', () => {
  const rows = [{ cells: [null, within, within] }]
  expect(shownBudget(null, [0.25, 0.5, null], rows)).toBe(null)
  expect(shownBudget(0.25, [0.25, 0.5, null], rows)).toBe(0.25)
  expect(shownBudget(0.75, [0.25, 0.5, null], rows)).toBe(0.5)
})
