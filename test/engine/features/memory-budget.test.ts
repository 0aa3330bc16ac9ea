import { expect, it } from 'vitest'
import { blocksOfPass } from '../../../src/engine/features/memory-budget.ts'

const million = 2 ** 20
/** Of 32 images: blocks of 32, 64, 32 and 256 million numbers, where 128 million are kept. */
const views = [1, 2, 1, 8].map((millions) => ({ width: millions * million }))

it.each([
  ['all that fit', 0, [0, 1, 2]],
  ['those behind the first', 1, [1, 2]],
  ['a block that alone is too large', 3, [3]],
])('one pass keeps %s', (_, first, blocks) => {
  expect(blocksOfPass(first, { views, imageCount: 32 })).toEqual(blocks)
})
