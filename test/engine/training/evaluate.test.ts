import { afterAll, expect, it } from 'vitest'
import { imagesBatch, pixelsOf } from '../../support/batches.ts'
import '../../support/tensorflow.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { scoresOf } from '../../support/scores.ts'
import type { EvaluationBatches } from '../../../src/engine/training/batch.ts'
import { createEvaluation, evaluateExits, measureExits } from '../../../src/engine/training/evaluate.ts'
import { createModelState } from '../../../src/engine/training/phase-state.ts'
import { readFixture } from './fixture.ts'

const fixture = readFixture('resnet')
const network = createNetwork(fixture.network)
const state = createModelState(network, fixture.start)
const evaluation = createEvaluation(network, [0, 1, 2])
afterAll(() => {
  evaluation.dispose()
  state.dispose()
})

/** The first batch's six images in batches of four and two. */
const inTwo: EvaluationBatches = {
  batchCount: 2,
  sampleCount: 6,
  batch(index) {
    const [from, to] = index === 0 ? [0, 4] : [4, 6]
    const images = pixelsOf(fixture.batches[0]!)
    const pixels = images.length / 6
    return {
      ...imagesBatch(images.subarray(from * pixels, to * pixels), fixture.batches[0]!.inputs.images!.shape.slice(1)),
      targets: Int32Array.from({ length: to - from }, (_, i) => (from + i) % 5),
    }
  },
}

it('evaluateExits joins batches of different sizes in order', async () => {
  const outputs = await evaluateExits(evaluation, { state, batches: inTwo })
  expect(outputs).toMatchObject({
    exitCount: 3,
    sampleCount: 6,
    classCount: 5,
    targets: Int32Array.from([0, 1, 2, 3, 4, 0]),
  })
  expect(outputs!.logits.every((logit, index) => Math.abs(logit - fixture.logits[index]!) < 1e-5)).toBe(true)
})

it('evaluateExits ends when it is told to stop', async () => {
  let asked = 0
  expect(await evaluateExits(evaluation, { state, batches: inTwo, goesOn: async () => asked++ < 1 })).toBeNull()
})

it('measureExits measures what evaluateExits collects, batch by batch', async () => {
  const outputs = (await evaluateExits(evaluation, { state, batches: inTwo }))!
  expect(await measureExits(evaluation, { state, batches: inTwo })).toEqual(scoresOf(evaluation.task, outputs))
})
