import { expect, it } from 'vitest'
import { predict } from '../../../src/engine/exits/predictions.ts'
import { scoreExits } from '../../../src/engine/evaluation/scored-exits.ts'
import { predictSplit, scoreSplit } from '../../../src/engine/evaluation/whole-split.ts'
import { exitRules } from '../../../src/engine/exits/index.ts'
import { stream } from '../../../src/engine/random.ts'
import type { ExitOutputs } from '../../../src/shared/evaluation/evaluation.ts'
import { stretchesOf } from '../../../src/shared/evaluation/outputs-source.ts'
import { sourceOf } from '../../support/outputs-source.ts'

const seed = Number(process.env['TEST_SEED'] ?? 1)

/** More than is read at once: 1,500 samples × 1,000 classes at three exits. */
function largeOutputs(): ExitOutputs {
  const source = stream(seed, 'whole-split')
  const [exitCount, sampleCount, classCount] = [3, 1500, 1000]
  const logits = Float32Array.from({ length: exitCount * sampleCount * classCount }, () => 8 * source.uniform())
  return {
    exitCount,
    sampleCount,
    classCount,
    logits,
    targets: Int32Array.from({ length: sampleCount }, (_, i) => i % 7),
  }
}

const outputs = largeOutputs()

it(`what is read in stretches is scored as it is in memory, under every rule (seed ${seed})`, async () => {
  const stretches: number[] = []
  for await (const { sampleCount } of stretchesOf(sourceOf(outputs))) stretches.push(sampleCount)
  expect(stretches).toEqual([1398, 102])
  const predictions = predict(outputs)
  expect(await predictSplit(sourceOf(outputs))).toEqual(predictions)
  for (const name of ['confidence', 'entropy', 'patience']) {
    const rule = exitRules.get(name)
    const whole = { scored: scoreExits(rule, outputs), predictions }
    expect(await scoreSplit(rule, sourceOf(outputs), [])).toEqual(whole)
  }
})

it('the numbers of a fitted rule are applied to every stretch', async () => {
  const scaled = [[0.5], [1], [3]]
  const { predictions } = await scoreSplit(exitRules.get('scaled-confidence'), sourceOf(outputs), scaled)
  expect(predictions).toEqual(predict(outputs, scaled.flat()))
  const [gate, fitted] = [exitRules.get('learned-gate'), [0.5, 1, 3].map((weight) => [weight, -1, 2, weight])]
  const { scored } = await scoreSplit(gate, sourceOf(outputs), fitted)
  expect(scored).toEqual(scoreExits(gate, outputs, { fitted }))
})

it('a sample without finite outputs is named by its place in the whole split', async () => {
  const logits = outputs.logits.slice()
  logits[(1 * 1500 + 1450) * 1000 + 3] = NaN
  await expect(predictSplit(sourceOf({ ...outputs, logits }))).rejects.toThrow(/Exit 1 .*sample 1450: /)
})

it('predictions of a regression are joined too', async () => {
  const [exitCount, sampleCount] = [2, 2_200_000]
  const values = Float32Array.from({ length: sampleCount }, (_, sample) => sample % 5)
  // The second exit is 1 too high.
  const both = Float32Array.from(
    { length: 2 * sampleCount },
    (_, at) => values[at % sampleCount]! + (at < sampleCount ? 0 : 1),
  )
  const source = sourceOf({ exitCount, sampleCount, classCount: 1, logits: both, targets: values })
  const { scored, predictions } = await scoreSplit(exitRules.get('static'), source, [])
  expect(predictions).toBeNull()
  expect([scored.sampleCount, scored.correct, scored.values.length]).toEqual([sampleCount, null, 2 * sampleCount])
  expect(scored.values.subarray(0, sampleCount).every((error) => error === 0)).toBe(true)
  expect(scored.values.subarray(sampleCount).every((error) => error === 1)).toBe(true)
})
