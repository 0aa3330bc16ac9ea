import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sweep } from '../../../../src/engine/evaluation/curve.ts'
import { scoreExits } from '../../../../src/engine/evaluation/scored-exits.ts'
import {
  binomialCdf,
  boundedInterval,
  exactInterval,
  guaranteedThreshold,
  hoeffdingBentkus,
  lossesOf,
  type RiskTest,
} from '../../../../src/readings/thresholds/compute/risk-control.ts'
import { difference } from '../../../../src/engine/exits/difference.ts'
import { risksOf, type RiskKind } from '../../../../src/shared/statistics/risk.ts'
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

describe('losses of 0 to 1', () => {
  /** Made by make_hoeffding_bentkus.py with SciPy. */
  const bounds = read('hoeffding-bentkus.json') as { sum: number; samples: number; tolerated: number; p: number }[]

  it.each(bounds)('have the p of SciPy: a sum of $sum of $samples at $tolerated', ({ sum, samples, tolerated, p }) => {
    expect(hoeffdingBentkus(sum, samples, tolerated) / p).toBeCloseTo(1, 9)
  })

  it('have an interval that holds the mean, is as wide from either end, and wider than that of losses of 0 or 1', () => {
    for (const [sum, n] of [
      [0, 50],
      [3.5, 50],
      [20, 400],
      [50, 50],
    ] as const) {
      // prettier-ignore
      const [low, high] = boundedInterval(sum, n)
      const [lowest, highest] = boundedInterval(n - sum, n)
      expect([lowest, highest]).toEqual([expect.closeTo(1 - high, 9), expect.closeTo(1 - low, 9)])
      expect(low).toBeLessThanOrEqual(sum / n)
      expect(high).toBeGreaterThanOrEqual(sum / n)
      const [exactLow, exactHigh] = exactInterval(Math.round(sum), n)
      expect(high - low).toBeGreaterThan(0.99 * (exactHigh - exactLow))
    }
    // p = 0.025 where exp(n·ln(1 − ε)) = 0.025.
    expect(boundedInterval(0, 50)[1]).toBeCloseTo(1 - 0.025 ** (1 / 50), 9)
  })
})

describe('losses of leaving early', () => {
  // Two exits, three samples; the final classes are 1, 2, 0 and the labels 1, 0, 0.
  const classes = Int32Array.of(1, 0, 1, 1, 2, 0)
  const correct = Uint8Array.of(1, 1, 0, 1, 0, 1)
  const run = { predictions: { classes }, scored: { exitCount: 2, sampleCount: 3, correct } } as never

  it('are other classes than the final exit’s, or wrong ones where it is right', () => {
    expect([...lossesOf(run, { kind: 'inconsistency', bound: 1 })]).toEqual([0, 1, 1, 0, 0, 0])
    expect([...lossesOf(run, { kind: 'harm', bound: 1 })]).toEqual([0, 0, 1, 0, 0, 0])
  })

  it('are squared differences from the final exit’s value, in shares of their bound', () => {
    const predicted = Float64Array.of(1, 2, 3, 2, 2, 7)
    const scored = { exitCount: 2, sampleCount: 3, predicted }
    const values = { predictions: null, scored } as never
    expect([...lossesOf(values, { kind: 'difference', bound: 4 })]).toEqual([0.25, 0, 1, 0, 0, 0])
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

  const classified = (kind: RiskKind) =>
    lossesBySample({ exits, samples, scores, losses: lossesOf(run as never, { kind, bound: 1 }), thresholds })

  const draws = 1000
  const calibrationSamples = 500
  const delta = 0.1

  it.each(risksOf({}).flatMap((kind) => [0.01, 0.02, 0.05].map((tolerated) => ({ kind, tolerated }))))(
    'fails in at most δ of them: $kind at most $tolerated',
    ({ kind, tolerated }) => {
      const { failures, chosen } = repeated(classified(kind), { tolerated })
      expect(failures).toBeLessThanOrEqual(delta * draws)
      // Nor does it hold because hardly anything leaves early.
      expect(failures).toBeGreaterThan(0)
      expect(chosen).toBe(draws)
    },
  )

  it.each([0.05, 0.1, 0.2])(
    'fails in at most δ of them: mean squared difference of a regression at most %f',
    (tolerated) => {
      const found = repeated(differing(), { tolerated, test: hoeffdingBentkus })
      expect(found.failures).toBeLessThanOrEqual(delta * draws)
      expect(found.chosen).toBe(draws)
      // It does not hold because nothing leaves early: most of what may be tolerated is.
      expect(found.risk).toBeGreaterThan(tolerated / 3)
    },
  )

  it('would fail in many draws without the test: where the mean loss of calibration samples alone is looked at', () => {
    const naive = (sum: number, n: number, tolerated: number) => Number(sum / n > tolerated)
    expect(repeated(differing(), { tolerated: 0.05, test: naive }).failures).toBeGreaterThan(2 * delta * draws)
  })

  interface Pool {
    exits: number
    samples: number
    scores: Float64Array
    losses: ArrayLike<number>
    thresholds: Float64Array
  }

  /** Losses [samples][thresholds], each a sample of its own. */
  function lossesBySample({ exits, samples, scores, losses, thresholds }: Pool): Float64Array[] {
    return Array.from({ length: samples }, (_, sample) => {
      const row = (values: ArrayLike<number>) =>
        Float64Array.from({ length: exits }, (_, exit) => values[exit * samples + sample]!)
      const one = { exitCount: exits, sampleCount: 1, scores: row(scores), values: row(losses), correct: null }
      return Float64Array.from(sweep(one, thresholds, new Array<number>(exits).fill(1)).values)
    })
  }

  /** Of values that a real regression predicted, by the rule that looks at differences between exits. */
  function differing(): Float64Array[] {
    const { exits, samples, values } = read('value-pool.json') as { exits: number; samples: number; values: string }
    const { buffer } = bytes(values)
    const logits = new Float32Array(buffer)
    const outputs = {
      exitCount: exits,
      sampleCount: samples,
      classCount: 1,
      logits,
      targets: new Float32Array(samples),
    }
    const { scores, ...scored } = scoreExits(difference, outputs)
    const losses = lossesOf({ predictions: null, scored: { scores, ...scored } }, { kind: 'difference', bound: 1 })
    return lossesBySample({ exits, samples, scores, losses, thresholds: difference.thresholds(exits) })
  }

  /** In how many draws the risk of the pool is above what is tolerated, in how many a threshold is chosen, and their mean risk. */
  function repeated(losses: readonly Float64Array[], asked: { tolerated: number; test?: RiskTest }) {
    const random = numbersFrom(20261129)
    const count = losses[0]!.length
    const risks = Array.from(
      { length: count },
      (_, t) => losses.reduce((sum, each) => sum + each[t]!, 0) / losses.length,
    )
    const chosen: number[] = []
    for (let draw = 0; draw < draws; draw++) {
      const sums = new Float64Array(count)
      for (let i = 0; i < calibrationSamples; i++) {
        const sample = losses[Math.floor(random() * losses.length)]!
        for (let t = 0; t < count; t++) sums[t]! += sample[t]!
      }
      const { index } = guaranteedThreshold(sums, { samples: calibrationSamples, delta, ...asked })
      if (index !== null) chosen.push(risks[index]!)
    }
    const failures = chosen.filter((risk) => risk > asked.tolerated).length
    return { failures, chosen: chosen.length, risk: chosen.reduce((sum, each) => sum + each, 0) / chosen.length }
  }
})
