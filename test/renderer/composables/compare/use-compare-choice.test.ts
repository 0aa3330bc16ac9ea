// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { budgetName, budgetOf, withoutBudget } from '../../../../src/renderer/composables/compare/budgets.ts'
import {
  choiceChanges,
  defaultChoice,
  readChoice,
  writeChoice,
} from '../../../../src/renderer/composables/compare/use-compare-choice.ts'
import type { CompareChoice } from '../../../../src/renderer/composables/compare/use-compare-choice.ts'

describe('the address of a comparison', () => {
  it('is empty for the defaults', () => {
    expect(writeChoice(defaultChoice)).toEqual({})
    expect(readChoice({})).toEqual(defaultChoice)
  })

  it('holds everything that is chosen', () => {
    const choice: CompareChoice = {
      runs: ['3f2a', 'quickstart'],
      protocol: 'paper',
      split: 'validation',
      facets: 'network.head',
      rule: 'patience',
      seedReading: 'per-seed',
      budgets: [0.1, 0.375, null],
      against: 'disjoint',
      published: 'table-19/GE',
      axis: 'multiply-adds',
      cost: 'latency',
      eachSeed: true,
      hidden: ['3f2a', '81bc'],
      undrawn: ['joint · lr 0.1, head conv', 'mixed'],
      tab: 'samples',
    }
    const address = writeChoice(choice)
    expect(address['budgets']).toBe('10,37.5,unlimited')
    expect(readChoice(address)).toEqual(choice)
  })

  it('changes in the keys of what is changed', () => {
    const choice = { ...defaultChoice, runs: ['3f2a'], rule: 'patience' }
    expect(choiceChanges(choice, { rule: null, protocol: 'paper' })).toEqual({ rule: null, thresholds: 'test' })
    expect(choiceChanges(choice, { rule: 'patience' })).toEqual({})
  })

  it('ignores values that mean nothing', () => {
    const odd = { budgets: 'many,-3,0', seeds: 'some', thresholds: ['test'], runs: ',,a,', rule: null }
    expect(readChoice(odd)).toEqual({ ...defaultChoice, runs: ['a'] })
  })
})

describe('budgets', () => {
  it.each([
    ['25', 0.25],
    [' 37,5 % ', 0.375],
    ['33.333', 0.3333],
    ['0', null],
    ['1e2', null],
    ['five', null],
    ['1001', null],
  ])('reads %j as %j', (text, budget) => {
    expect(budgetOf(text)).toBe(budget)
  })

  it('cannot all be removed', () => {
    expect(withoutBudget([0.25, null], null)).toEqual([0.25])
    expect(withoutBudget([0.25], 0.25)).toEqual([0.25])
  })

  it('are named in % of the backbone', () => {
    expect([0.25, 0.375, 1, null].map(budgetName)).toEqual(['25 %', '37.5 %', '100 %', 'Unlimited'])
  })
})
