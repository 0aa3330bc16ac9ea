import { describe, expect, it } from 'vitest'
import { refinementText } from '../../../../src/renderer/panels/loss-landscape/refinement-text.ts'
import { lossLandscapeParameters } from '../../../../src/readings/analyses/loss-landscape/schema.ts'

const parameters = lossLandscapeParameters.parse({ points: 5, draws: 2 })
const answer = (known: number, whole = false) => ({
  runs: [],
  analysis: null,
  whole,
  result: {
    coefficients: [-1, -0.5, 0, 0.5, 1],
    surfaces: [
      [Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (_, j) => (5 * i + j < known ? 1 : null)))],
    ],
    images: 100,
    caveats: [],
  },
})

describe('the refinement of landscapes', () => {
  it('is empty before there is a landscape', () => {
    expect(refinementText([{ ...answer(0), result: null }], parameters)).toBeNull()
    expect(refinementText([answer(9)], null)).toBeNull()
  })

  it('is given by the square of points that is complete', () => {
    expect(refinementText([answer(25, true), answer(11)], parameters)).toBe(
      '1 of 2 landscapes are finished. Now 3 × 3 of 5 × 5 points in 2 draws.',
    )
  })

  it('states at the end that all points are computed', () => {
    expect(refinementText([answer(25, true)], parameters)).toBe('5 × 5 points in 2 draws, all computed')
  })
})
