import { describe, expect, it, test } from 'vitest'
import { addDominance, dominanceOf, meanDominance } from '../../../src/engine/training/dominance.ts'

/** Two exits behind two blocks. */
const network = {
  sites: [{ id: 'blocks.0' }, { id: 'blocks.1' }],
  exits: [
    { exit: 0, block: 0 },
    { exit: 1, block: null },
  ],
}

/** Products of the exits' gradients, given group by group: [groups][exits][parameters]. */
function productsOf(gradients: number[][][]): number[] {
  const inner = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * b[index]!, 0)
  return gradients.flatMap((part) => part.flatMap((a) => part.map((b) => inner(a, b))))
}

function dominance(gradients: number[][][], weights = [1 / 2, 1 / 2]) {
  return dominanceOf(productsOf(gradients), {
    network,
    groups: ['stem', 'blocks.0', 'blocks.1'],
    exits: [0, 1],
    weights,
  })
}

const none = [[0], [0]]
const half = Math.SQRT1_2

describe('dominanceOf', () => {
  test.each([
    ['exits at right angles, of one length', [[3, 0], [0, 3]], [half, half]], // prettier-ignore
    ['exits at right angles, the second twice as long: cos = 1/√5 and 2/√5', [[1, 0], [0, 2]], [1 / Math.sqrt(5), 2 / Math.sqrt(5)]], // prettier-ignore
    ['exits that agree', [[1, 2], [2, 4]], [1, 1]], // prettier-ignore
    ['exits that fight: the longer wins', [[3, 0], [-1, 0]], [1, -1]], // prettier-ignore
    ['one exit that depends on nothing here', [[0, 0], [1, 1]], [null, 1]], // prettier-ignore
    ['exits that cancel each other', [[1, -1], [-1, 1]], [null, null]], // prettier-ignore
  ] as [string, number[][], (number | null)[]][])('%s', (_, gradients, expected) => {
    const { exits } = dominance([gradients, none, none])
    exits.forEach((value, exit) =>
      expected[exit] === null ? expect(value).toBeNull() : expect(value).toBeCloseTo(expected[exit]!, 12),
    )
  })

  it('combines all groups for the backbone, and keeps each block alone', () => {
    const apart = [[1, 0], [0, 1]] // prettier-ignore
    const alike = [[0, 0], [0, 5]] // prettier-ignore
    const { exits, blocks } = dominance([none, apart, alike])
    // g₀ = (1, 0, 0, 0), g₁ = (0, 1, 0, 5): cos with their mean is 1/√27 and 26/(√26·√27).
    expect(exits).toEqual([expect.closeTo(1 / Math.sqrt(27), 12), expect.closeTo(Math.sqrt(26 / 27), 12)])
    expect(blocks).toEqual([
      [expect.closeTo(half, 12), null],
      [expect.closeTo(half, 12), 1],
    ])
  })

  it('weights the losses as the phase does', () => {
    const gradients = [[[1, 0], [0, 1]], none, none] // prettier-ignore
    const { exits } = dominance(gradients, [1 / 4, 3 / 4])
    expect(exits).toEqual([expect.closeTo(1 / Math.sqrt(10), 12), expect.closeTo(3 / Math.sqrt(10), 12)])
  })

  it('leaves out exits that are not in the loss', () => {
    const three = {
      sites: [{ id: 'blocks.0' }],
      exits: [0, 1, 2].map((exit) => ({ exit, block: exit === 2 ? null : 0 })),
    }
    const measured = { network: three, groups: ['blocks.0'], exits: [1, 2], weights: [1 / 2, 1 / 2] }
    const { exits, blocks } = dominanceOf(productsOf([[[1], [1]]]), measured)
    expect(exits).toEqual([null, 1, 1])
    expect(blocks).toEqual([[null], [1], [1]])
  })

  it('stays within −1…1 despite rounding, and is null where gradients are not finite', () => {
    const measured = { network, groups: ['stem'], exits: [0, 1], weights: [1 / 2, 1 / 2] }
    expect(dominanceOf([1, 1.0000001, 1.0000001, 1], measured).exits).toEqual([1, 1])
    expect(dominanceOf([NaN, 1, 1, 1], measured).exits).toEqual([null, null])
    expect(dominanceOf([Infinity, 1, 1, 1], measured).exits).toEqual([null, null])
  })
})

it('the mean of an epoch is over the batches that have a value', () => {
  const batches = [
    { exits: [0.25, null], blocks: [[0.5], [null]] },
    { exits: [0.75, 0.5], blocks: [[null], [null]] },
    { exits: [null, -0.25], blocks: [[-0.25], [null]] },
  ]
  const [first, ...rest] = batches
  const sums = rest.reduce(addDominance, addDominance(undefined, first!))
  expect(sums.batches).toBe(3)
  expect(meanDominance(sums)).toEqual({ exits: [0.5, 0.125], blocks: [[0.125], [null]] })
  expect(first).toEqual({ exits: [0.25, null], blocks: [[0.5], [null]] })
})
