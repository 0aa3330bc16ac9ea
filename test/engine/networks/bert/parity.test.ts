import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { networkSpec } from '../../../../src/engine/networks/families.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import { phasesOf } from '../../../../src/engine/regimes/index.ts'
import type { Batch } from '../../../../src/engine/training/batch.ts'
import { createEvaluation } from '../../../../src/engine/training/evaluate.ts'
import { startSnapshot } from '../../../../src/engine/training/phase-start.ts'
import { captureSnapshot, createModelState, createTrainingState } from '../../../../src/engine/training/phase-state.ts'
import { createTrainingStep } from '../../../../src/engine/training/step.ts'
import type { PaperRegime } from '../../../../src/shared/phases/phase.ts'
import { decodeSafetensors, type NamedArray } from '../../../../src/shared/safetensors/safetensors.ts'
import { trainingSpec } from '../../../../src/shared/experiment/training.ts'
import { expectClose } from '../../../support/arrays.ts'
import '../../../support/tensorflow.ts'

/** Made by fixtures/make.py with transformers. */
const { arrays, metadata } = decodeSafetensors(readFileSync(new URL('fixtures/bert.safetensors', import.meta.url)))
const { maxLength, ...sizes } = networkSpec.parse(JSON.parse(metadata.network!))
const spec = { ...sizes, maxLength, dropout: 0, attentionDropout: 0 }
const network = createNetwork(spec)

type Floats = NamedArray & { values: Float32Array }
/** Arrays whose names begin so, by the rest of the name. */
const under = (beginning: string) =>
  Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) =>
      name.startsWith(beginning) ? [[name.slice(beginning.length), array as Floats]] : [],
    ),
  )
const model = under('model.')
const [size, length] = arrays.ids!.shape as [number, number]

/** The fixture's samples with padding up to this length. */
function batchOf(tokens: number): Batch {
  const inputs = ['ids', 'mask', 'segments'].map((name) => {
    const values = new Int32Array(size * tokens)
    for (let row = 0; row < size; row++)
      values.set(arrays[name]!.values.subarray(row * length, (row + 1) * length), row * tokens)
    return [name, { values, shape: [size, tokens], dtype: 'int32' as const }]
  })
  return { size, inputs: Object.fromEntries(inputs) as Batch['inputs'] }
}

const owned: { dispose(): void }[] = []
const own = <T extends { dispose(): void }>(made: T): T => (owned.push(made), made)
afterEach(() => owned.splice(0).forEach((each) => each.dispose()))

const logitsOf = (batch: Batch) =>
  own(createEvaluation(network, [0, 1, 2, 3])).run(own(createModelState(network, model)), batch)

test.each([length, maxLength as number])(
  'logits of all exits are transformers’, padded to %i tokens',
  async (tokens) => {
    expectClose(await logitsOf(batchOf(tokens)), [...(arrays.logits!.values as Float32Array)], 1e-5)
  },
)

test('a row of padding alone gives numbers, and changes no other row', async () => {
  const batch = batchOf(length)
  const [expected, whole] = [await logitsOf(batch), batchOf(length)]
  whole.inputs['mask']!.values.fill(0, (size - 1) * length)
  const padded = await logitsOf(whole)
  expect(padded.every(Number.isFinite)).toBe(true)
  const others = (logits: Float32Array) => logits.filter((_, i) => Math.floor(i / spec.classes) % size < size - 1)
  expect(others(padded)).toEqual(others(expected))
})

describe('one step', () => {
  const training = trainingSpec.parse({
    learningRate: 1e-2,
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-3,
    weightDecay: 0.05,
    clipNorm: null,
    schedule: { kind: 'constant' },
  })
  const targets = arrays.targets as Floats

  async function stepped(regime: PaperRegime, index: number) {
    const phase = phasesOf(regime, network)[index]!
    const subject = {
      phase,
      training,
      network: phase.network === 'backbone' ? createNetwork({ ...spec, exits: [] }) : network,
    }
    const snapshot = startSnapshot(subject, { seed: 1, weights: { arrays: model, fresh: [] } })
    const state = own(createTrainingState(subject, snapshot))
    const batch = { ...batchOf(length), targets: { ...targets, dtype: 'float32' as const } }
    const request = { step: 0, epoch: 1, learningRate: training.learningRate, dropoutSeed: [1, 2] as const }
    await own(createTrainingStep({ ...subject, training })).run({ state, batch, ...request })
    return captureSnapshot(subject, { state, progress: snapshot.progress })
  }

  test('has the gradients of PyTorch', async () => {
    const { moments } = await stepped('joint', 0)
    for (const [name, { values }] of Object.entries(under('gradient.'))) {
      const gradient = moments[`${name}.exp_avg`]!.values.map((moment) => moment / (1 - training.beta1))
      expectClose(gradient, [...values], 1e-5)
    }
  })

  test.each([
    ['joint', 0],
    ['disjoint', 0],
    ['disjoint', 1],
    ['separate', 1],
  ] as const)('%s, phase %i: every parameter is PyTorch’s after AdamW', async (regime, index) => {
    const after = await stepped(regime, index)
    const expected = under(`step.${regime}/${index}.`)
    for (const [name, { values }] of Object.entries(after.model)) {
      if (name in expected) expectClose(values, [...expected[name]!.values], 1e-5)
      else expect(values).toEqual(model[name]!.values)
    }
  })
})
