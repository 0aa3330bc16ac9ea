import { expect, test } from 'vitest'
import { toDiskLayout } from '../../../../src/main/engine/layers/layout.ts'
import type { Network } from '../../../../src/main/engine/networks/index.ts'
import {
  createState,
  tf,
  traced,
  type StateScope,
  type Tensor,
  type TensorRecord,
} from '../../../../src/main/engine/tf.ts'
import { onnxFixture, onnxFixtures, referenceInputs } from '../../../support/onnx-fixtures.ts'
import '../../../support/tensorflow.ts'

type Mode = 'evaluation' | 'training'

/** Logits, running statistics after the pass, and gradients of the mean cross-entropy with classes 0, 1, 2, 3. */
function step(network: Network, mode: Mode) {
  const trained = network.parameters.filter(({ kind }) => kind === 'parameter')
  return (inputs: TensorRecord, scope: StateScope): TensorRecord => {
    const results: Record<string, Tensor> = {}
    const context = {
      value: (name: string) => scope.value(name),
      training: () => mode === 'training',
      updateBuffer: (name: string, value: Tensor) => void (results[`after.${name}`] = tf.keep(value)),
    }
    const gradients = tf.grads(() => {
      const logits = tf.keep(network.forward(context, inputs).at(-1)!)
      results['logits'] = logits
      const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 3], 'int32'), logits.shape[1]!)
      return tf.losses.softmaxCrossEntropy(labels, logits)
    })(trained.map(({ name }) => scope.value(name)))
    trained.forEach(({ name }, index) => (results[`gradient.${name}`] = gradients[index]!))
    return results
  }
}

async function results(name: (typeof onnxFixtures)[number], mode: Mode) {
  const { network, arrays, reference } = onnxFixture(name)
  const state = createState(arrays)
  const inputs = referenceInputs(reference)
  const tensors = await traced('step', step(network, mode)).run(inputs, state)
  const layouts = new Map(network.parameters.map((parameter) => [`gradient.${parameter.name}`, parameter]))
  const found: Record<string, Float32Array> = {}
  for (const [key, tensor] of Object.entries(tensors)) {
    const own = (await tensor.data()) as Float32Array
    const parameter = layouts.get(key)
    found[key] = parameter ? toDiskLayout(parameter, own).values : own
  }
  tf.dispose([...Object.values(inputs), ...Object.values(tensors)])
  state.dispose()
  return { found, reference }
}

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, each) => Math.max(most, Math.abs(each)), 0)
const difference = (a: Float32Array, b: ArrayLike<number>) =>
  largest(a.map((value, index) => value - b[index]!)) / largest(b)

test.each(onnxFixtures)(
  '%s: logits to 1e-5, gradients to 1e-4 and running statistics equal PyTorch’s',
  async (name) => {
    for (const mode of ['evaluation', 'training'] as const) {
      const { found, reference } = await results(name, mode)
      const { logits, ...others } = found
      expect(difference(logits!, reference[`${mode}.logits`]!.values), mode).toBeLessThan(1e-5)
      const [all, own] = [Object.keys(others).filter((key) => key.startsWith('gradient.')), Object.keys(reference)]
      expect(all.map((key) => `${mode}.${key}`).sort()).toEqual(
        own.filter((key) => key.startsWith(`${mode}.gradient`)).sort(),
      )
      const scale = Math.max(...all.map((key) => largest(reference[`${mode}.${key}`]!.values)))
      for (const key of all) {
        const gap = found[key]!.map((value, index) => value - reference[`${mode}.${key}`]!.values[index]!)
        expect(largest(gap) / scale, `${mode} ${key}`).toBeLessThan(1e-4)
      }
      for (const key of Object.keys(others).filter((each) => each.startsWith('after.'))) {
        expect(difference(found[key]!, reference[key]!.values), key).toBeLessThan(1e-5)
      }
    }
  },
)
