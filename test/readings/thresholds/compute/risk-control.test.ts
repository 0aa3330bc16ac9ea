import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sweep } from '../../../../src/main/engine/evaluation/curve.ts'
import {
  binomialCdf,
  exactInterval,
  guaranteedThreshold,
  lossesOf,
} from '../../../../src/readings/thresholds/compute/risk-control.ts'
import { riskKinds } from '../../../../src/shared/risk.ts'
import { numbersFrom } from '../../../support/numbers.ts'

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8')) as unknown

/** Made by make_risk_control.py with SciPy. */
const cases = read('risk-control.json') as {
  count: number
  samples: number
  p: number
  cdf: number
  interval: [number, number]
}[]

describe('binomial probabilities', () => {
  it.each(cases)('equal SciPy’s: $count of $samples at $p', ({ count, samples, p, cdf, interval }) => {
    expect(binomialCdf(count, samples, p) / cdf).toBeCloseTo(1, 9)
    exactInterval(count, samples).forEach((end, i) => expect(end).toBeCloseTo(interval[i]!, 9))
  })

  it('reach from 0 to 1 in an interval of none, or of all', () => {
    expect(exactInterval(0, 10)[0]).toBe(0)
    expect(exactInterval(10, 10)[1]).toBe(1)
    expect(binomialCdf(10, 10, 0.3)).toBe(1)
  })
})

describe('a threshold with a guarantee', () => {
  const asked = { samples: 100, tolerated: 0.05, delta: 0.1 }

  it('is the last one that passes, from the highest down, whatever comes after the first that fails', () => {
    // p of 1 and 2 losses in 100 at 5 %: 0.037, 0.118.
    expect(guaranteedThreshold([0, 2, 1, 1, 0], asked)).toEqual({ index: 2, p: binomialCdf(1, 100, 0.05) })
    expect(guaranteedThreshold([0, 0, 0], asked).index).toBe(0)
  })

  it('does not exist where the highest fails, as with too few samples', () => {
    expect(guaranteedThreshold([0, 2], asked)).toEqual({ index: null, p: binomialCdf(2, 100, 0.05) })
    expect(guaranteedThreshold([0, 0], { ...asked, samples: 40 })).toEqual({
      index: null,
      p: expect.closeTo(0.95 ** 40, 12),
    })
  })
})

describe('losses of leaving early', () => {
  // Two exits, three samples; the final classes are 1, 2, 0 and the labels 1, 0, 0.
  const classes = Int32Array.of(1, 0, 1, 1, 2, 0)
  const correct = Uint8Array.of(1, 1, 0, 1, 0, 1)
  const run = { predictions: { exitCount: 2, sampleCount: 3, classes }, scored: { correct } } as never

  it('are other classes than the final exit’s, or wrong ones where it is right', () => {
    expect([...lossesOf(run, 'inconsistency')]).toEqual([0, 1, 1, 0, 0, 0])
    expect([...lossesOf(run, 'harm')]).toEqual([0, 0, 1, 0, 0, 0])
  })
})

describe('the guarantee, over 1,000 draws of calibration samples from real outputs', () => {
  const pool = read('risk-pool.json') as Record<'thresholdsBelow' | 'classes' | 'labels', string> & {
    exits: number
    samples: number
  }
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'))
  const [below, classes, labels] = [bytes(pool.thresholdsBelow), bytes(pool.classes), bytes(pool.labels)]
  const { exits, samples } = pool
  const thresholds = Float64Array.from({ length: 100 }, (_, i) => i / 99)
  const correct = Uint8Array.from(classes, (each, at) => Number(each === labels[at % samples]))
  // A score halfway above the last threshold that is below it.
  const scores = Float64Array.from(below, (count) => (count - 0.5) / 99)
  const run = {
    predictions: { exitCount: exits, sampleCount: samples, classes: Int32Array.from(classes) },
    scored: { exitCount: exits, sampleCount: samples, scores, values: correct, correct },
  }

  /** Losses [thresholds, samples], each a sample of its own. */
  function lossesBySample(kind: (typeof riskKinds)[number]): Uint8Array[] {
    const losses = lossesOf(run as never, kind)
    return Array.from({ length: samples }, (_, sample) => {
      const row = (values: ArrayLike<number>) =>
        Array.from({ length: exits }, (_, exit) => values[exit * samples + sample]!)
      const one = {
        exitCount: exits,
        sampleCount: 1,
        scores: Float64Array.from(row(scores)),
        values: Uint8Array.from(row(losses)),
        correct: null,
      }
      return Uint8Array.from(sweep(one, thresholds, new Array<number>(exits).fill(1)).values)
    })
  }

  const draws = 1000
  const calibrationSamples = 500
  const delta = 0.1

  it.each(riskKinds.flatMap((kind) => [0.01, 0.02, 0.05].map((tolerated) => ({ kind, tolerated }))))(
    'fails in at most δ of them: $kind at most $tolerated',
    ({ kind, tolerated }) => {
      const random = numbersFrom(20261129)
      const losses = lossesBySample(kind)
      const risks = thresholds.map((_, t) => losses.reduce((sum, each) => sum + each[t]!, 0) / samples)
      let failures = 0
      let chosen = 0
      for (let draw = 0; draw < draws; draw++) {
        const counts = new Float64Array(thresholds.length)
        for (let i = 0; i < calibrationSamples; i++) {
          const sample = losses[Math.floor(random() * samples)]!
          for (let t = 0; t < counts.length; t++) counts[t]! += sample[t]!
        }
        const { index } = guaranteedThreshold(counts, { samples: calibrationSamples, tolerated, delta })
        if (index === null) continue
        chosen++
        if (risks[index]! > tolerated) failures++
      }
      expect(failures).toBeLessThanOrEqual(delta * draws)
      // Nor does it hold because hardly anything leaves early.
      expect(failures).toBeGreaterThan(0)
      expect(chosen).toBe(draws)
    },
  )
})
