import { expect, test } from 'vitest'
import type { ImportedContent } from '../../../src/shared/runs/imported.ts'
import { lostValues } from '../../../src/shared/runs/lost-values.ts'

const log = (...curves: number[][]) => ({ training: { axis: 'epoch', curves } }) as unknown as ImportedContent

test('a log that grows loses no value, one that is cut or replaced does', () => {
  const before = log([1, 0.5, 2, 0.6], [1, 0.7, 2, 0.8])
  expect(lostValues(before, log([1, 0.5, 2, 0.6, 3, 0.7], [1, 0.7, 2, 0.8, 3, 0.9]))).toEqual({ lost: 0, had: 4 })
  expect(lostValues(before, log([1, 0.5], [1, 0.7]))).toEqual({ lost: 2, had: 4 })
  expect(lostValues(before, log([1, 0.4, 2, 0.6, 3, 0.7], [1, 0.7, 2, 0.8]))).toEqual({ lost: 1, had: 4 })
  expect(lostValues(before, log([2, 0.6, 4, 0.6], [2, 0.8, 4, 0.9]))).toEqual({ lost: 0, had: 4 })
  expect(lostValues(before, {} as ImportedContent)).toEqual({ lost: 4, had: 4 })
  expect(lostValues({} as ImportedContent, before)).toEqual({ lost: 0, had: 0 })
})
