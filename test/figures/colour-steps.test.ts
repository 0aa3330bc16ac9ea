import { describe, expect, it } from 'vitest'
import {
  divergingStep,
  inkOnDiverging,
  inkOnViridis,
  viridisStep,
  colourStepCount,
} from '../../src/figures/colour-steps.ts'

/** WCAG's relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

const shares = Array.from({ length: colourStepCount }, (_, step) => (step + 0.5) / colourStepCount)

describe('viridis', () => {
  it('goes from its darkest to its lightest colour in 17 steps that grow lighter', () => {
    expect(shares).toHaveLength(17)
    const luminances = shares.map((share) => luminance(viridisStep(share)))
    expect(luminances).toEqual(luminances.toSorted((a, b) => a - b))
    expect([viridisStep(0), viridisStep(1)]).toEqual(['#440154', '#fde725'])
  })

  it('keeps the colours of its ends outside of them', () => {
    expect([viridisStep(-1), viridisStep(7)]).toEqual([viridisStep(0), viridisStep(1)])
  })

  it('has readable text on every colour', () => {
    for (const share of shares) {
      const [a, b] = [luminance(viridisStep(share)), luminance(inkOnViridis(share))]
      expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)).toBeGreaterThan(4.5)
    }
  })
})

describe('the diverging colours', () => {
  it('are lightest in the middle, with readable text', () => {
    const luminances = shares.map((share) => luminance(divergingStep(share)))
    const middle = shares.length >> 1
    expect(luminances.slice(0, middle + 1)).toEqual(luminances.slice(0, middle + 1).toSorted((a, b) => a - b))
    expect(luminances.slice(middle)).toEqual(luminances.slice(middle).toSorted((a, b) => b - a))
    for (const share of shares) {
      const [a, b] = [luminance(divergingStep(share)), luminance(inkOnDiverging(share))]
      expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)).toBeGreaterThan(4.5)
    }
  })
})
