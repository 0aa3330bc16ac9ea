import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { floats, imagesBatch, pixelsOf } from '../../support/batches.ts'
import '../../support/tensorflow.ts'
import { diskShape } from '../../../src/engine/layers/layout.ts'
import type { ParameterSpec } from '../../../src/engine/layers/layer.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import { phasesOf } from '../../../src/engine/regimes/index.ts'
import { tf, traced } from '../../../src/engine/tf.ts'
import type { StateScope, TensorRecord } from '../../../src/engine/tf.ts'
import { withDisposables } from '../../../src/engine/training/with-disposables.ts'
import { createTrainingStep } from '../../../src/engine/training/step.ts'
import { captureSnapshot, createTrainingState } from '../../../src/engine/training/phase-state.ts'
import { startSnapshot } from '../../../src/engine/training/phase-start.ts'
import { networkSpec } from '../../../src/engine/networks/families.ts'
import type { Precision } from '../../../src/shared/experiment/precision.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'

interface Fixture {
  start: number
  batch: number
  network: unknown
  /** Of arrays in PyTorch's layout, at evenly spaced places: values in float64, relative errors of PyTorch's float32 and bfloat16. */
  values: Record<string, { values: number[]; error: number; bfloat16Error: number }>
}

/** Made by fixtures/make_rounding.py. */
const fixture = JSON.parse(readFileSync(new URL('fixtures/rounding.json', import.meta.url), 'utf8')) as Fixture
const network = createNetwork(networkSpec.parse(fixture.network))
const phase = phasesOf('joint', network)[0]!
const exits = network.exits.map(({ exit }) => exit)
const classes = network.spec.classes

/** Uniform numbers in [−1, 1), as the script draws them. */
function counter(state: number) {
  return (count: number) =>
    Float32Array.from({ length: count }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return (state >>> 8) / 2 ** 23 - 1
    })
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1)

/** Every parameter as the script fills it, and the images and targets. */
function drawn() {
  const draw = counter(fixture.start)
  const trained = network.parameters.filter(({ kind }) => kind === 'parameter')
  const sorted = trained.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const weights = Object.fromEntries(
    sorted.map((parameter) => {
      const shape = diskShape(parameter)
      return [parameter.name, { shape, values: filled(parameter, shape, draw(sizeOf(shape))) }]
    }),
  )
  const images = draw(fixture.batch * 32 * 32 * 3).map((value) => 2 * value)
  const targets = new Float32Array(fixture.batch * classes)
  for (let row = 0; row < fixture.batch; row++) targets[row * classes + (row % classes)] = 1
  return { weights, batch: { ...imagesBatch(images, [32, 32, 3]), targets: floats(targets, [fixture.batch, classes]) } }
}

function filled({ name }: ParameterSpec, shape: readonly number[], values: Float32Array): Float32Array {
  if (name.includes('.bn') && name.endsWith('weight')) return values.map((value) => 1 + value / 4)
  if (name.endsWith('mix')) return values.map((value) => 0.5 + value / 4)
  if (shape.length === 1) return values.map((value) => value / 4)
  const power = Math.round(Math.log2(sizeOf(shape.slice(1))) / 2)
  return values.map((value) => value / 2 ** power)
}

const { weights, batch } = drawn()
const fresh = startSnapshot({ network, phase }, { seed: 1 })
/** Statistics of batch norm stay at 0 and 1, as the script has them. */
const snapshot = { ...fresh, model: { ...fresh.model, ...weights } }

/** Outputs of the blocks and logits in training mode, by the script's names. */
async function forward(precision: Precision): Promise<Record<string, Float32Array>> {
  const body = (inputs: TensorRecord, scope: StateScope) => {
    const outputs: TensorRecord = {}
    const context = {
      value: scope.value,
      training: () => true,
      updateBuffer: () => {},
      dropoutSeed: tf.zeros([2], 'int32'),
    }
    const logits = network.forward(context, inputs, {
      onBlock: (block, features) => (outputs[`block/${block}`] = features['map']!.clone()),
    })
    exits.forEach((exit) => (outputs[`logits/${exit}`] = logits[exit]!))
    return outputs
  }
  const pass = traced('rounding', body, precision)
  const state = createTrainingState({ network, phase, training: trainingSpec.parse({}) }, snapshot)
  return withDisposables([pass, state], async () => {
    const images = tf.tensor(pixelsOf(batch), [batch.size, 32, 32, 3])
    const outputs = await pass.run({ images }, state)
    const values = Object.entries(outputs).map(([name, tensor]) => [name, tensor.dataSync() as Float32Array] as const)
    tf.dispose([images, outputs])
    return Object.fromEntries(values)
  })
}

/** Gradients and running statistics of the first step: with β₁ = 0 the first moment is the gradient. */
async function firstStep(precision: Precision): Promise<Record<string, Float32Array>> {
  const options = { batchSize: batch.size, beta1: 0, weightDecay: 0, clipNorm: null }
  const training = trainingSpec.parse({ ...options, precision })
  const state = createTrainingState({ network, phase, training }, snapshot)
  const step = createTrainingStep({ network, phase, training })
  return withDisposables([step, state], async () => {
    await step.run({ state, step: 0, epoch: 1, batch, learningRate: 1e-3, dropoutSeed: [1, 2] })
    const after = await captureSnapshot({ network, phase, training }, { state, progress: snapshot.progress })
    const entries = network.parameters.map(({ name, kind }) =>
      kind === 'buffer'
        ? [`running/${name}`, after.model[name]!.values]
        : [`gradient/${name}`, after.moments[`${name}.exp_avg`]!.values],
    )
    return Object.fromEntries(entries) as Record<string, Float32Array>
  })
}

type Arrays = Record<string, Float32Array>
const ours: Record<Precision, Arrays> = { float32: {}, bfloat16: {} }
beforeAll(async () => {
  for (const precision of ['float32', 'bfloat16'] as const)
    Object.assign(ours[precision], await forward(precision), await firstStep(precision))
})

/** Relative, root mean square over the places of the fixture. */
function errorOf(name: string, precision: Precision): number {
  const { values } = fixture.values[name]!
  const array = ours[precision][name]!
  const differences = values.map((value, index) => array[Math.floor((index * array.length) / values.length)]! - value)
  return Math.hypot(...differences) / Math.hypot(...values)
}

/** Of eight roundings: what a few numbers are off by chance, however exact the arithmetic. */
const fewRoundings = { float32: 8 * 2 ** -24, bfloat16: 8 * 2 ** -9 }

describe('is at most 3 times as far from float64 as PyTorch’s, over 65,536 rows of a batch norm', () => {
  it.each(Object.keys(fixture.values))('%s', (name) => {
    const { error } = fixture.values[name]!
    expect(errorOf(name, 'float32')).toBeLessThanOrEqual(Math.max(3 * error, fewRoundings.float32))
  })
})

describe('in bfloat16 is at most twice as far from float64 as PyTorch’s autocast', () => {
  it.each(Object.keys(fixture.values))('%s', (name) => {
    const { bfloat16Error } = fixture.values[name]!
    expect(errorOf(name, 'bfloat16')).toBeLessThanOrEqual(Math.max(2 * bfloat16Error, fewRoundings.bfloat16))
  })

  it('and is not float32 by mistake', () => {
    expect(errorOf('block/2', 'bfloat16')).toBeGreaterThan(2 ** -9)
  })
})
