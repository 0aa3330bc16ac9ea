import { expect, it } from 'vitest'
import { distinctBy } from '../../../src/shared/basics/distinct.ts'

it('keeps the first item of each key, in their order', () => {
  const items = [
    { id: 'b', at: 1 },
    { id: 'a', at: 2 },
    { id: 'b', at: 3 },
  ]
  expect(distinctBy(items, ({ id }) => id)).toEqual(items.slice(0, 2))
  expect(distinctBy([], String)).toEqual([])
})
