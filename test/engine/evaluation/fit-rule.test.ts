import { expect, test } from 'vitest'
import { scoreSplit } from '../../../src/engine/evaluation/whole-split.ts'
import type { ExitRule } from '../../../src/engine/exits/exit-rule.ts'
import { fitRule } from '../../../src/engine/evaluation/fit-rule.ts'
import { exitRules } from '../../../src/engine/exits/index.ts'
import { sourceOf } from '../../support/outputs-source.ts'
import { evaluatedRuns } from './fixtures/comparison.ts'

/** Predictions of a regression: three exits, two samples. */
const values = {
  exitCount: 3,
  sampleCount: 2,
  classCount: 1,
  logits: Float32Array.of(1, 5, 2, 3, 4, 4),
  targets: Float32Array.of(4, 4),
}

/** How near the mean error of the exit is to that of a prediction. */
const nearness: ExitRule = {
  info: { title: 'Nearness', sentence: 'A sample leaves.', paper: 'none' },
  task: 'regression',
  python: '-fitted[-1][0]',
  thresholds: () => Float64Array.of(-10, 0),
  fit: ({ logits, targets }) => [logits.reduce((sum, each, at) => sum + Math.abs(each - targets[at]!), 0)],
  scores: ({ exitCount, sampleCount }, fitted) =>
    Float64Array.from({ length: exitCount * sampleCount }, (_, at) => -fitted[Math.floor(at / sampleCount)]![0]!),
}

test('a rule is fitted to each exit alone, on all samples of it', async () => {
  expect(await fitRule(nearness, sourceOf(values))).toEqual([[4], [3], [0]])
})

test('the scores of a fitted rule of a regression are computed from its numbers', async () => {
  const { scored } = await scoreSplit(nearness, sourceOf(values), [[4], [3], [0]])
  expect([...scored.scores]).toEqual([-4, -4, -3, -3, -0, -0])
})

test('the same outputs give the same numbers', async () => {
  const [run] = evaluatedRuns
  for (const rule of ['scaled-confidence', 'learned-gate'].map((name) => exitRules.get(name))) {
    const [first, second] = [
      await fitRule(rule, sourceOf(run!.validation)),
      await fitRule(rule, sourceOf(run!.validation)),
    ]
    expect(first).toEqual(second)
    expect(first).toHaveLength(run!.validation.exitCount)
  }
})

test('a rule that is not fitted has no numbers', async () => {
  const validation = sourceOf(evaluatedRuns[0]!.validation)
  expect(await fitRule(exitRules.get('patience'), validation)).toEqual([])
  expect(await fitRule(exitRules.get('static'), validation)).toEqual([])
})

test('numbers that are not finite are refused, with the rule and the exit', async () => {
  const broken = { ...nearness, fit: () => [1, NaN] }
  await expect(fitRule(broken, sourceOf(values))).rejects.toThrow(
    'The exit rule “Nearness” cannot be fitted at exit 0: its numbers are 1, NaN. Expected finite numbers.',
  )
  const late = { ...nearness, fit: ({ logits }: { logits: Float32Array }) => [logits[0] === 2 ? Infinity : 1] }
  await expect(fitRule(late, sourceOf(values))).rejects.toThrow(/at exit 1: its numbers are Infinity\./)
})
