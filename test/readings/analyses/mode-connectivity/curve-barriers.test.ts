import { describe, expect, it } from 'vitest'
import type { PathLine } from '../../../../src/readings/analyses/mode-connectivity/profile.ts'
import { barrierMarks } from '../../../../src/readings/analyses/mode-connectivity/figure/curve-barriers.ts'
import type { Plot } from '../../../../src/figures/plot.ts'

/** A nat is 100 pixels, a step of λ 40. */
const plot: Plot = { left: 0, right: 400, top: 0, bottom: 200, x: { low: 0, high: 1 }, y: { low: 0, high: 2 } }
const lambdas = Array.from({ length: 11 }, (_, step) => step / 10)

/** A peak of `top` nats half way, above ends of `end` nats. */
function mark(name: string, top: number, end = 0) {
  const mean = (lambda: number) => end + (top - end) * (1 - 2 * Math.abs(lambda - 0.5))
  const values = lambdas.map((lambda) => ({ mean: mean(lambda), std: null, n: 1 }))
  const line = { values, peak: 5, barrier: values[5]! } as unknown as PathLine
  return { name, line, lambdas, text: 'barrier', colour: '#000', ink: '#000', weight: 400 as const }
}

const heights = (names: ReturnType<typeof mark>[]) =>
  barrierMarks(names, plot, { side: 'above', ground: '#fff' }).flatMap((element) =>
    element.type === 'text' ? [(element as { y: number }).y] : [],
  )

describe('the labels of barriers', () => {
  it('stand above their dots where these are apart', () => {
    expect(heights([mark('naive', 1.5), mark('matched', 0.9)])).toEqual([50 - 12, 110 - 12])
  })

  it('stand below the whole line, not across it, where a higher one is near', () => {
    const [naive, matched] = heights([mark('naive', 1.5), mark('matched', 1.45)])
    expect(naive).toBe(50 - 12)
    // The words cover the line as far as a step to either side of its peak, where it has fallen by a fifth.
    expect(matched).toBeCloseTo(200 - 145 * 0.8 + 12)
  })

  it('stand below the straight line between the ends where they would lie across it', () => {
    const straight = 200 - 100
    const [naive, matched] = heights([mark('naive', 1.15, 1), mark('matched', 1.1, 1)])
    expect(naive).toBeCloseTo(85 - 12)
    expect(matched).toBeCloseTo(straight + 12)
  })

  it('have a background over the guide lines only: curves and straight lines are not covered', () => {
    const grounds = barrierMarks([mark('naive', 1.5)], plot, { side: 'above', ground: '#fff' }).filter(
      ({ type }) => type === 'rect',
    )
    expect(grounds).toMatchObject([{ z: 1.5 }])
  })
})
