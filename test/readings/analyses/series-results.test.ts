import { expect, test } from 'vitest'
import { sharedBlocks } from '../../../src/readings/analyses/series-results.ts'

test('the blocks that all results have are in their order, each with the values of the seeds', () => {
  const block = (block: number, rank: number) => ({ block, rank })
  const results = [
    { blocks: [block(4, 1), block(2, 2), block(0, 3), block(6, 4)] },
    { blocks: [block(0, 5), block(4, 6), block(2, 7)] },
  ]
  expect(sharedBlocks(results)).toEqual([
    { block: 0, values: [block(0, 3), block(0, 5)] },
    { block: 2, values: [block(2, 2), block(2, 7)] },
    { block: 4, values: [block(4, 1), block(4, 6)] },
  ])
  expect(sharedBlocks([])).toEqual([])
})
