import { expect, test } from 'vitest'
import { withBudget } from '../../../src/shared/evaluation/with-budget.ts'

test('budgets stand in ascending order, Unlimited last, each once', () => {
  expect(withBudget([0.25, 1, null], 0.5)).toEqual([0.25, 0.5, 1, null])
  expect(withBudget([0.25, 1], null)).toEqual([0.25, 1, null])
  expect(withBudget([0.25, null], null)).toEqual([0.25, null])
})
