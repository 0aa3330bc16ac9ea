import { describe, expect, it } from 'vitest'
import type { ExitOutputs } from '../../../src/shared/evaluation/evaluation.ts'
import { exitRuleChoices, exitRuleOf, exitRules, ruleNameOf, ruleNames } from '../../../src/engine/exits/index.ts'
import type { ExitRule } from '../../../src/engine/exits/exit-rule.ts'
import { leavingExits, scoreExits } from '../../../src/engine/evaluation/scored-exits.ts'
import { stream } from '../../../src/engine/random.ts'
import { scoredBy } from '../../support/scored.ts'

/** Logits whose softmax is the given probabilities: [exit][sample][class]. */
function outputs(probabilities: number[][][]): ExitOutputs {
  const [exitCount, sampleCount, classCount] = [
    probabilities.length,
    probabilities[0]!.length,
    probabilities[0]![0]!.length,
  ]
  const logits = Float32Array.from(probabilities.flat(2), Math.log)
  return { exitCount, sampleCount, classCount, logits, targets: new Int32Array(sampleCount) }
}

function randomOutputs(seed: number, { task }: Pick<ExitRule, 'task'>): ExitOutputs {
  const source = stream(seed, 'exit-rules')
  const [exitCount, sampleCount, classCount] = [2 + source.integer(6), 50, task ? 1 : 2 + source.integer(9)]
  const logits = Float32Array.from({ length: exitCount * sampleCount * classCount }, () => 8 * source.normal())
  const targets = new (task ? Float32Array : Int32Array)(sampleCount)
  return { exitCount, sampleCount, classCount, logits, targets }
}

const scoresOf = (name: string, given: ExitOutputs) => scoredBy(exitRules.get(name), given).scores
const seed = Number(process.env['TEST_SEED'] ?? 1)

describe.each(exitRules.entries())('every exit rule: %s', (name, rule) => {
  const cases = Array.from({ length: 20 }, (_, i) => randomOutputs(100 * seed + i, rule))

  it('has a title, a description and a paper', () => {
    expect(rule.info.title).toMatch(/\S/)
    expect(rule.info.sentence).toMatch(/^A sample leaves .*\.$/)
    expect(rule.info.paper).toMatch(/\d{4}/)
  })

  it('has ascending thresholds', () => {
    const thresholds = rule.thresholds(5)
    expect([...thresholds]).toEqual([...new Set(thresholds)].sort((a, b) => a - b))
  })

  it(`scores every exit of every sample (seed ${seed})`, () => {
    for (const given of cases) {
      const scores = scoresOf(name, given)
      expect(scores).toHaveLength(given.exitCount * given.sampleCount)
      expect(scores.every(Number.isFinite)).toBe(true)
    }
  })

  it(`leaves every sample to the final exit at the last threshold (seed ${seed})`, () => {
    for (const given of cases) {
      const last = rule.thresholds(given.exitCount).at(-1)!
      const leaves = leavingExits(scoredBy(rule, given), last)
      expect(leaves.every((exit) => exit === given.exitCount - 1)).toBe(true)
    }
  })

  it(`never lets a sample leave earlier at a higher threshold (seed ${seed})`, () => {
    for (const given of cases) {
      const scored = scoredBy(rule, given)
      const exits = [...rule.thresholds(given.exitCount)].map((t) => leavingExits(scored, t))
      exits.slice(1).forEach((later, i) => expect(later.every((exit, n) => exit >= exits[i]![n]!)).toBe(true))
    }
  })
})

describe('confidence', () => {
  it('is the largest class probability', () => {
    const scores = scoresOf('confidence', outputs([[[0.2, 0.7, 0.1]], [[0.5, 0.25, 0.25]]]))
    expect(scores[0]).toBeCloseTo(0.7, 6)
    expect(scores[1]).toBeCloseTo(0.5, 6)
  })

  it('lets a sample leave strictly above the threshold only', () => {
    const even = { ...outputs([[[1, 1]], [[1, 1]]]), logits: new Float32Array(4) }
    const scored = scoreExits(exitRules.get('confidence'), even)
    expect([...leavingExits(scored, 0.5)]).toEqual([1])
    expect([...leavingExits(scored, 0.4999)]).toEqual([0])
  })

  it('sweeps 100 thresholds from 0 to 1', () => {
    const thresholds = exitRules.get('confidence').thresholds(8)
    expect(thresholds).toHaveLength(100)
    expect([thresholds[0], thresholds[1], thresholds[99]]).toEqual([0, 1 / 99, 1])
  })
})

describe('normalised entropy', () => {
  it('is 0 for a uniform output and 1 for a certain one', () => {
    const certain = { ...outputs([[[1, 1, 1]], [[1, 1, 1]]]), logits: Float32Array.of(0, 0, 0, 2000, 0, 0) }
    expect([...scoresOf('entropy', certain)]).toEqual([0, 1])
  })

  it('is one half where two of four classes share the probability', () => {
    expect(scoresOf('entropy', outputs([[[0.5, 0.5, 1e-30, 1e-30]]]))[0]).toBeCloseTo(0.5, 6)
  })
})

describe('patience', () => {
  it('counts exits in a row that agree, and starts again where one disagrees', () => {
    const [a, b] = [
      [0.9, 0.1],
      [0.1, 0.9],
    ]
    const counters = scoresOf('patience', outputs([[a], [a], [b], [b], [b], [a]] as number[][][]))
    expect([...counters]).toEqual([1, 2, 1, 2, 3, 1])
  })

  it('sweeps the patiences 0 to K − 1', () => {
    expect([...exitRules.get('patience').thresholds(4)]).toEqual([0, 1, 2, 3])
  })
})

/** Predictions of a regression: [exits][samples]. */
const predictions = (ofExits: number[][]): ExitOutputs => ({
  exitCount: ofExits.length,
  sampleCount: ofExits[0]!.length,
  classCount: 1,
  logits: Float32Array.from(ofExits.flat()),
  targets: new Float32Array(ofExits[0]!.length),
})

describe('static', () => {
  it('lets every sample leave at the exit whose number is the threshold', () => {
    const scored = scoreExits(exitRules.get('static'), predictions([[1, 5], [2, 5], [3, 5]])) // prettier-ignore
    expect([0, 1, 2].map((threshold) => [...leavingExits(scored, threshold)])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ])
  })
})

describe('difference', () => {
  // Differences of the samples: 1, 0.25, 0.25; 0, 3, 0.
  const given = predictions([
    [2, 1],
    [3, 1],
    [3.25, 4],
    [3.5, 4],
  ])
  const leavesAt = (patience: number, tau: number) => [
    ...leavingExits(scoreExits(exitRuleOf(`difference:patience=${patience}`).rule, given), 1 / (1 + tau)),
  ]

  it('lets a sample leave at the first exit whose prediction is less than τ from the one before it', () => {
    expect([leavesAt(1, 0.25), leavesAt(1, 0.5), leavesAt(1, 1), leavesAt(1, 1.5)]).toEqual([
      [3, 1],
      [2, 1],
      [2, 1],
      [1, 1],
    ])
  })

  it('waits for a run of more than `patience` predictions', () => {
    expect([leavesAt(2, 0.5), leavesAt(2, 1.5), leavesAt(2, 4)]).toEqual([
      [3, 3],
      [2, 3],
      [2, 2],
    ])
  })
})

describe('the rules of a task', () => {
  it('are those that support it, the default one first; others are refused by name', () => {
    expect(ruleNames({})).toEqual([
      'confidence',
      'entropy',
      'patience',
      'scaled-confidence',
      'scaled-entropy',
      'learned-gate',
    ])
    expect(ruleNames({ task: 'regression' })).toEqual(['static', 'difference'])
    expect([ruleNameOf({}), ruleNameOf({ task: 'regression' })]).toEqual(['confidence', 'static'])
    expect(() => ruleNameOf({ task: 'regression' }, 'entropy')).toThrow(
      /Regression .* entropy: expected static or difference/,
    )
    expect(() => ruleNameOf({}, 'static')).toThrow(/Classification .* static/)
    expect(() => ruleNameOf({ task: 'regression' }, 'scaled-confidence')).toThrow(/Regression .* scaled-confidence/)
  })
})

describe('parameters of a rule', () => {
  it('follow its name, without those that have their defaults', () => {
    expect(ruleNameOf({ task: 'regression' }, 'difference:patience=3')).toBe('difference:patience=3')
    expect(ruleNameOf({ task: 'regression' }, 'difference:patience=1')).toBe('difference')
    expect(exitRuleOf('confidence')).toEqual({ reference: 'confidence', rule: exitRules.get('confidence') })
  })

  it('are refused with the reason where the rule does not have them', () => {
    const expected = 'expected a whole number from 1 to 1000, such as patience=1.'
    for (const value of ['0', 'x', '1.5', '1001'])
      expect(() => exitRuleOf(`difference:patience=${value}`)).toThrow(
        `The exit rule difference cannot have these parameters. patience is ${value}: ${expected}`,
      )
    expect(() => exitRuleOf('difference:patience')).toThrow(`patience has no value: ${expected}`)
    expect(() => exitRuleOf('difference:tau=2')).toThrow('It has no parameter tau: expected patience.')
    expect(() => exitRuleOf('difference:patience=1,patience=2')).toThrow(
      'patience is given more than once: give it once.',
    )
    expect(() => exitRuleOf('confidence:patience=2')).toThrow('has no parameters')
    expect(() => exitRuleOf('nearest:patience=2')).toThrow('no exit rule "nearest"')
  })

  it('are listed with their defaults, for the fields of a form', () => {
    const [fixed, difference] = exitRuleChoices(4, { task: 'regression' })
    expect(fixed!.parameters).toEqual([])
    expect(difference!.parameters).toMatchObject([{ key: 'patience', defaultValue: 1, least: 1, most: 1000 }])
  })
})
