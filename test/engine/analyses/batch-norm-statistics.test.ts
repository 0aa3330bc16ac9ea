import { expect, it } from 'vitest'
import { createStatisticsEstimation, hasBatchNorm } from '../../../src/engine/analyses/batch-norm-statistics.ts'
import { createNetwork } from '../../../src/engine/networks/index.ts'
import type { OnnxNode } from '../../../src/shared/onnx-file/model.ts'
import { createState, tf } from '../../../src/engine/tf.ts'
import { expectClose } from '../../support/arrays.ts'
import { randomParameters } from '../../support/forward.ts'
import { pixelsOf } from '../../support/batches.ts'
import { madeUpBatches } from '../../support/images.ts'
import { smallResnet, smallVit } from '../../support/networks.ts'
import {
  attribute,
  nodeLike,
  onnxModel,
  onnxSpec,
  withArrays,
  withBehind,
  withNodes,
} from '../../support/onnx-fixtures.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

const network = createNetwork(smallResnet())
const start = randomParameters(network, 1)
/** Four images, then two. */
const batches = madeUpBatches(network.spec, { count: 6, batchSize: 4, seed: 1 })

async function estimated(from: typeof start, of = network, seen = batches): Promise<Record<string, Float32Array>> {
  const state = createState(from)
  const estimation = createStatisticsEstimation(of, 'float32')
  await estimation.run(state, seen)
  const values = await Promise.all(state.names.map(async (name) => [name, await state.read(name)] as const))
  estimation.dispose()
  state.dispose()
  return Object.fromEntries(values)
}

/** Mean and unbiased variance over batch, height and width of what the stem's convolution gives for a batch. */
function stemStatistics(index: number): { mean: number[]; variance: number[] } {
  return tf.tidy(() => {
    const batch = batches.batch(index)
    const { size } = batch
    const weight = start['stem.conv.weight']!
    const filter = tf.tensor4d(weight.values, weight.shape as [number, number, number, number])
    const output = tf.conv2d(tf.tensor4d(pixelsOf(batch), [size, 12, 12, 1]), filter, 1, 'same')
    const { mean, variance } = tf.moments(output, [0, 1, 2])
    const count = size * 12 * 12
    return {
      mean: Array.from(mean.dataSync()),
      variance: Array.from(variance.dataSync(), (each) => (each * count) / (count - 1)),
    }
  })
}

it('gives each statistic its mean over the batches, weighted by their images', async () => {
  const handles = tensorFlow.liveHandles()
  const values = await estimated(start)
  const [four, two] = [stemStatistics(0), stemStatistics(1)]
  const weighted = (a: number[], b: number[]) => a.map((value, channel) => (4 * value + 2 * b[channel]!) / 6)
  expectClose(values['stem.bn.running_mean']!, weighted(four.mean, two.mean), 1e-5)
  expectClose(values['stem.bn.running_var']!, weighted(four.variance, two.variance), 1e-5)
  expect(tensorFlow.liveHandles()).toBe(handles)
})

it('measures every statistic whatever its earlier value, and leaves the parameters unchanged', async () => {
  const others = structuredClone(start)
  const buffers = network.parameters.filter(({ kind }) => kind === 'buffer').map(({ name }) => name)
  for (const name of buffers) others[name]!.values.fill(1000)
  const [values, again] = [await estimated(start), await estimated(others)]
  expect(again).toEqual(values)
  for (const [name, { values: before }] of Object.entries(start)) {
    if (buffers.includes(name)) expect(values[name], name).not.toEqual(before)
    else expect(values[name], name).toEqual(before)
  }
})

it('measures the statistics alone in a network of one’s own, not its other buffers, and without dropout', async () => {
  const mask = { shape: [1, 12, 1, 1], values: Array.from({ length: 12 }, (_, index) => -index) }
  const masked = withArrays(onnxModel('dense'), { 'layers.2.mask': mask }, 'buffers')
  const withMask = withBehind(masked, 'BatchNormalization', nodeLike('Add', ['layers.2.mask']))
  const rate = withArrays(withMask, { rate: { shape: [], values: [0.5] } })
  // The first arrays of its block are those of a batch norm, with a constant scale its running statistics.
  const dropped = withBehind(rate, 'BatchNormalization', nodeLike('Dropout', ['rate']))
  const unscaled = withNodes(dropped, (node) => {
    if (node.module !== 'layers.2.norm') return [node]
    const inputs = node.inputs.with(1, 'ones').with(2, 'zeros')
    return [constant('ones', 1), constant('zeros', 0), { ...node, inputs }]
  })
  for (const each of [dropped, unscaled]) {
    const own = createNetwork(onnxSpec(each))
    const from = randomParameters(own, 1)
    const seen = madeUpBatches(own.spec, { count: 6, batchSize: 4, seed: 1 })
    for (const [name, value] of Object.entries(await estimated(from, own, seen))) {
      if (name.includes('.running_')) expect(value, name).not.toEqual(from[name]!.values)
      else expect(value, name).toEqual(from[name]!.values)
    }
  }
})

/** A constant of twelve numbers. */
function constant(name: string, value: number): OnnxNode {
  const tensor = { name, type: 1, shape: [12], bytes: null, listed: Array<number>(12).fill(value) }
  return { ...nodeLike('Constant', [], [name]), attributes: { value: attribute({ tensor }) } }
}

it('tells whether a network has batch norm', () => {
  expect(hasBatchNorm(network)).toBe(true)
  expect(hasBatchNorm(createNetwork(smallVit()))).toBe(false)
  const table = { shape: [16], values: Array<number>(16).fill(1) }
  const tabled = withArrays(onnxModel('transformer'), { 'layers.1.table': table }, 'buffers')
  const added = withBehind(tabled, 'LayerNormalization', nodeLike('Add', ['layers.1.table']))
  expect(createNetwork(onnxSpec(added)).parameters.filter(({ kind }) => kind === 'buffer')).toHaveLength(1)
  expect(hasBatchNorm(createNetwork(onnxSpec(added)))).toBe(false)
})
