import { expect, it } from 'vitest'
import { convNorm } from '../../../src/engine/layers/conv-norm.ts'
import type { ForwardContext } from '../../../src/engine/layers/layer.ts'
import { stream } from '../../../src/engine/random.ts'
import { tf } from '../../../src/engine/tf.ts'
import { expectClose } from '../../support/arrays.ts'
import { randomTensor, recordingContext } from '../../support/forward.ts'
import '../../support/tensorflow.ts'

const options = { inputShape: [9, 8, 3], filters: 4, kernel: 3, padding: 1 }
const names = { conv: 'conv', norm: 'bn' }

function outputOf(changes: { stride?: number }, context: Partial<ForwardContext>) {
  const layer = convNorm(names, { ...options, ...changes })
  const arrays = Object.fromEntries(
    layer.parameters.map(({ name, shape }) => {
      const source = stream(1, name)
      const size = shape.reduce((product, length) => product * length, 1)
      return [name, { shape, values: Float32Array.from({ length: size }, () => 0.5 + Math.abs(source.normal())) }]
    }),
  )
  return tf.tidy(() => {
    const recorded = recordingContext(arrays, context)
    const output = layer.apply(recorded.context, randomTensor([2, ...options.inputShape], 1))
    expect(output.shape).toEqual([2, ...layer.outputShape])
    return { output: output.dataSync(), updated: [...recorded.updated.keys()] }
  })
}

it.each([1, 2])('gives the same values whether or not the norm is folded into the filters: stride %i', (stride) => {
  const [apart, folded] = [false, true].map((valuesOnly) => outputOf({ stride }, { valuesOnly }).output)
  expect(folded).not.toEqual(apart)
  expectClose(Array.from(folded!), Array.from(apart!), 1e-5)
})

it('takes the statistics of the batch where the norm is in training mode', () => {
  const training = (name: string) => name.startsWith('bn.')
  const [trained, values] = [false, true].map((valuesOnly) => outputOf({}, { training, valuesOnly }))
  expect(values!.updated).toEqual(['bn.running_mean', 'bn.running_var'])
  expect(values!.output).toEqual(trained!.output)
})
