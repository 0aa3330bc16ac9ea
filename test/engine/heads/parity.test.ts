import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ExitHead, Head } from '../../../src/engine/heads/head.ts'
import { heads } from '../../../src/engine/heads/index.ts'
import { perceptron } from '../../../src/engine/heads/perceptron.ts'
import { fromDiskLayout } from '../../../src/engine/layers/layout.ts'
import type { ParameterSpec } from '../../../src/engine/layers/layer.ts'
import { tf, type Tensor } from '../../../src/engine/tf.ts'
import { decodeSafetensors } from '../../../src/shared/safetensors/safetensors.ts'
import { expectClose } from '../../support/arrays.ts'
import '../../support/tensorflow.ts'

const file = new URL('fixtures/heads.safetensors', import.meta.url)
const { arrays } = decodeSafetensors(readFileSync(file), 'heads.safetensors')
const stored = (name: string) => arrays[name] as { shape: number[]; values: Float32Array }
const names = [...new Set(Object.keys(arrays).map((name) => name.split('/')[0]!))]

/** A head of the registry, or one of fewer units that the same code makes: `perceptron-6-5`. */
const headOf = async (name: string): Promise<Head> =>
  name.startsWith('perceptron-')
    ? perceptron(name.split('-').slice(1).map(Number))
    : heads.get(name.split('@')[0]!).load()

test('every head has a fixture, but for those of several large layers, MSDNet’s (networks/parity.test.ts) and gpf (objectives/parity.test.ts)', () => {
  const without = heads.names().filter((name) => !names.includes(name))
  expect(without).toEqual(['msdnet', '3L-8192', '4L-8192', '5L-8192', 'gpf'])
})

/** Name in the fixture: `head.fc.weight`, `ensemble.bias`. */
const nameOf = ({ name }: ParameterSpec) => name.replace(/^ensembles\.\d+\./, 'ensemble.')

async function headWithWeights(name: string): Promise<{ head: ExitHead; parameters: readonly ParameterSpec[] }> {
  const shape = stored(`${name}/input`).shape.slice(1)
  const feature = shape.length === 3 ? ('map' as const) : ('tokens' as const)
  const exit = arrays[`${name}/past`]?.shape[0] ?? 0
  const options = { input: { shape }, feature, classes: 3, exit, exitCount: exit + 2, states: [], sizes: {} }
  const head = (await headOf(name)).create('head', options)
  return { head, parameters: [...head.parameters, ...(head.shared ?? [])] }
}

test.each(names)('%s gives the logits and the gradients of PyTorch', async (name) => {
  const { head, parameters } = await headWithWeights(name)
  const inEngine = (part: string) =>
    parameters.map((each) => fromDiskLayout(each, stored(`${name}/${part}/${nameOf(each)}`)))
  const [input, past] = [stored(`${name}/input`), arrays[`${name}/past`] as { values: Float32Array } | undefined]
  tf.tidy(() => {
    const cotangent = tf.tensor(stored(`${name}/cotangent`).values, [2, 3])
    const earlier = past ? tf.unstack(tf.tensor(past.values, [past.values.length / 6, 2, 3])) : []
    const weights = inEngine('model').map((values, index) => tf.tensor(values, [...parameters[index]!.shape]))
    const asked = new Set<string>()
    const apply = (features: Tensor, ...values: Tensor[]) => {
      const value = (of: string) => (asked.add(of), values[parameters.findIndex((each) => each.name === of)]!)
      return head.apply({ value, training: () => false, updateBuffer: () => {} }, features, earlier, {}).logits
    }
    const features = tf.tensor(input.values, input.shape)
    expectClose(apply(features, ...weights).dataSync(), stored(`${name}/logits`).values, 1e-5)
    expect([...asked].sort()).toEqual(parameters.map((each) => each.name).sort())
    const loss = (...of: Tensor[]) => tf.sum(tf.mul(apply(of[0]!, ...of.slice(1)), cotangent))
    const [ofInput, ...ofWeights] = tf.grads(loss as never)([features, ...weights] as never)
    expectClose(ofInput!.dataSync(), stored(`${name}/gradients/input`).values, 1e-5)
    const expected = inEngine('gradients')
    ofWeights.forEach((gradient, index) => expectClose(gradient.dataSync(), expected[index]!, 1e-5))
  })
})
