import { expect, it } from 'vitest'
import { sharedOf } from '../../../src/engine/evaluation/evaluation-summary.ts'

it('results say on which samples they were read, and when test values were opened, as the runs do', () => {
  const regression = { task: 'regression' as const }
  expect(sharedOf([{ ...regression, readOn: 'validation' }])).toEqual({ ...regression, readOn: 'validation' })
  expect(sharedOf([{}, { testOpenedAt: 5 }])).toEqual({ testOpenedAt: 5 })
  expect(sharedOf([{ testOpenedAt: 0 }])).toEqual({ testOpenedAt: 0 })
  expect(Object.keys(sharedOf([{}]))).toEqual([])
})
