import { expect, test } from 'vitest'
import { conv2d } from '../../../src/engine/layers/conv2d.ts'
import { macsOf } from '../../../src/engine/layers/operations.ts'
import { tf } from '../../../src/engine/tf.ts'
import { randomTensor, recordingContext } from '../../support/forward.ts'
import { stream } from '../../../src/engine/random.ts'
import '../../support/tensorflow.ts'

test.each([
  { inputShape: [11, 8, 3], kernel: 3, stride: 1, padding: 1, outputShape: [11, 8, 4] },
  { inputShape: [11, 8, 3], kernel: 3, stride: 2, padding: 1, outputShape: [6, 4, 4] },
  { inputShape: [11, 8, 3], kernel: 1, stride: 2, padding: 0, outputShape: [6, 4, 4] },
  { inputShape: [14, 9, 3], kernel: 7, stride: 2, padding: 3, outputShape: [7, 5, 4] },
  { inputShape: [3, 4, 3], kernel: 3, stride: 2, padding: 0, outputShape: [1, 1, 4] },
])('the output of $kernel × $kernel, stride $stride, padding $padding has the shape that is declared', (options) => {
  const layer = conv2d('conv', { ...options, filters: 4, bias: true })
  expect(layer.outputShape).toEqual(options.outputShape)
  const arrays = Object.fromEntries(
    layer.parameters.map(({ name, shape, init }) => [name, { shape, values: init(stream(1, name)) }]),
  )
  tf.tidy(() => {
    const output = layer.apply(recordingContext(arrays).context, randomTensor([2, ...options.inputShape], 1))
    expect(output.shape).toEqual([2, ...options.outputShape])
  })
  const [height, width, filters] = options.outputShape as [number, number, number]
  const cost = layer.operations.reduce((sum, operation) => sum + macsOf(operation), 0)
  expect(cost).toBe(height * width * filters * options.kernel ** 2 * 3)
})

test('a kernel larger than its input is refused with both sizes', () => {
  expect(() => conv2d('heads.0.convs.0', { inputShape: [2, 5, 8], filters: 4, kernel: 3 })).toThrow(
    'heads.0.convs.0: a 3 × 3 convolution does not fit its 2 × 5 input',
  )
})
