import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { calibrationOf } from '../../../src/engine/evaluation/calibration.ts'
import { predict } from '../../../src/engine/exits/predictions.ts'
import { predictionsOf, scoreExits } from '../../../src/engine/evaluation/scored-exits.ts'
import { fitRule } from '../../../src/engine/evaluation/fit-rule.ts'
import { fitTemperature } from '../../../src/engine/exits/temperature.ts'
import { exitRules } from '../../../src/engine/exits/index.ts'
import { stream } from '../../../src/engine/random.ts'
import type { ExitOutputs, FittedNumbers } from '../../../src/shared/evaluation/evaluation.ts'
import { sourceOf } from '../../support/outputs-source.ts'
import { evaluatedRuns } from '../evaluation/fixtures/comparison.ts'
import { summary, type RunInMemory } from '../evaluation/summarised.ts'

interface Case {
  logits: number[]
  labels: number[]
  temperature: number
  error: number
  scaledError: number
}

/** Made by make_temperatures.py. */
const fixture = JSON.parse(readFileSync(new URL('fixtures/temperatures.json', import.meta.url), 'utf8')) as {
  classCount: number
  cases: Case[]
}

const seed = Number(process.env['TEST_SEED'] ?? 1)

/** One exit: a row of logits for each sample. */
function outputsOf(rows: readonly (readonly number[])[], labels: readonly number[]): ExitOutputs {
  const size = { exitCount: 1, sampleCount: rows.length, classCount: rows[0]!.length }
  return { ...size, logits: Float32Array.from(rows.flat()), targets: Int32Array.from(labels) }
}

const temperature = (rows: readonly (readonly number[])[], labels: readonly number[]) =>
  fitTemperature(outputsOf(rows, labels))

const outputsOfCase = ({ logits, labels }: Case): ExitOutputs => ({
  exitCount: 1,
  sampleCount: labels.length,
  classCount: fixture.classCount,
  logits: Float32Array.from(logits),
  targets: Int32Array.from(labels),
})

describe('the temperature of an exit', () => {
  test.each(fixture.cases.map((each, index) => [index, each] as const))(
    'has the least loss, as SciPy finds it, and the calibration errors of NumPy: case %d',
    (_, each) => {
      const outputs = outputsOfCase(each)
      const fitted = [[fitTemperature(outputs)]]
      // Brent's method sees the loss alone, so it finds its flat bottom to half the digits.
      expect(fitted[0]![0]! / each.temperature).toBeCloseTo(1, 6)
      const run = (ruleName: string) => {
        const rule = exitRules.get(ruleName)
        const predictions = predictionsOf(rule, outputs, fitted)!
        const scored = scoreExits(rule, outputs, { fitted, predictions })
        return { identity: { ...evaluatedRuns[0]!, exitBlocks: [null] }, scored, predictions, fitted }
      }
      const { exits } = calibrationOf([run('confidence')], [run('scaled-confidence')])
      expect(exits[0]!.error.mean).toBeCloseTo(each.error, 9)
      expect(exits[0]!.scaled.error.mean).toBeCloseTo(each.scaledError, 4)
    },
  )

  it('makes two classes as confident as they are right: three of four right with a margin of m gives m / ln 3', () => {
    const rows = [5, 5, 5, 5].map((margin) => [margin, 0])
    expect(temperature(rows, [0, 0, 0, 1])).toBeCloseTo(5 / Math.log(3), 10)
  })

  it('is inverse to the scale of the logits, up to the largest that float32 holds', () => {
    const rows = (scale: number) => [0, 1, 2, 3].map(() => [scale, 0])
    for (const scale of [0.05, 1, 100])
      expect(temperature(rows(scale), [0, 0, 0, 1])).toBeCloseTo(scale / Math.log(3), 8)
    expect(temperature(rows(3e38), [0, 0, 0, 1])).toBe(100)
    expect(temperature(rows(1e-38), [0, 0, 0, 1])).toBe(1 / 100)
  })

  it('is the least where every sample is right, and the largest where an exit is no better than chance', () => {
    const rows = [
      [3, 1, 0],
      [0, 2, 1],
    ]
    expect(temperature(rows, [0, 1])).toBe(1 / 100)
    expect(temperature(rows, [2, 0])).toBe(100)
  })

  it('is 1 where all logits of every sample are equal', () => {
    const flat = [0, 4, -3e38].map((value) => [value, value, value])
    expect(temperature(flat, [0, 1, 2])).toBe(1)
  })

  it('exists with one class among the samples', () => {
    const rows = [4, 4, -4, 4].map((margin) => [margin, 0])
    expect(temperature(rows, [0, 0, 0, 0])).toBeCloseTo(4 / Math.log(3), 10)
  })
})

describe('a scaled rule', () => {
  it.each(['confidence', 'entropy'])(
    'of %s leaves the metric of each exit, and chooses on scaled validation scores',
    async (name) => {
      for (const run of evaluatedRuns) {
        const [plain, scaled] = [await summary(run, name), await summary(run, `scaled-${name}`)]
        expect(scaled.test.exitValues).toEqual(plain.test.exitValues)
        expect(scaled.validation.exitValues).toEqual(plain.validation.exitValues)
        const temperatures = await fitRule(exitRules.get(`scaled-${name}`), sourceOf(run.validation))
        const byHand = await summary(divided(run, temperatures), name)
        expect([...scaled.validation.curve.costs]).toEqual([...byHand.validation.curve.costs])
        expect([...scaled.test.curve.values]).toEqual([...byHand.test.curve.values])
      }
    },
  )

  it(`never changes a class, even where the temperature makes logits equal (seed ${seed})`, () => {
    const source = stream(seed, 'scaled-rules')
    const near = Array.from({ length: 200 }, () => 1 + source.integer(3) * 2 ** -23)
    const outputs = outputsOf(
      near.map((value) => [1, value, 1 + 2 ** -23]),
      near.map(() => source.integer(3)),
    )
    expect([...predict(outputs, [100]).classes]).toEqual([...predict(outputs).classes])
  })

  it('refuses outputs that are not finite, on either split', async () => {
    const [run] = evaluatedRuns
    for (const split of ['validation', 'test'] as const) {
      const { sampleCount, classCount } = run![split]
      for (const bad of [NaN, Infinity, -Infinity]) {
        const logits = run![split].logits.slice()
        logits[2 * sampleCount * classCount + 7] = bad
        const broken = { ...run!, [split]: { ...run![split], logits } }
        await expect(summary(broken, 'scaled-confidence')).rejects.toThrow(
          /Exit 2 .*sample 1: the training has diverged/,
        )
      }
    }
  })
})

/** The run with logits divided by hand: multiples of 1/64 of few digits lose none of what decides. */
function divided(run: RunInMemory, temperatures: FittedNumbers): RunInMemory {
  const scale = (outputs: ExitOutputs) => {
    const perExit = outputs.sampleCount * outputs.classCount
    return {
      ...outputs,
      logits: outputs.logits.map((logit, at) => logit / temperatures[Math.floor(at / perExit)]![0]!),
    }
  }
  return { ...run, validation: scale(run.validation), test: scale(run.test) }
}
