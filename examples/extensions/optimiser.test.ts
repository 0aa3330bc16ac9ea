import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openEngine, type StateScope, type Tensor } from 'exitlab/extension'
import extension from './optimiser.ts'

const { 'sign-sgd': signum } = extension.optimisers!

test('steps by the sign of the mean gradient', async () => {
  const { tf } = await openEngine()
  const { scalars, update } = await signum!.load()
  const values: Record<string, Tensor> = { w: tf.tensor([1, 1]), 'w.momentum_buffer': tf.tensor([0, 1]) }
  const state = {
    value: (name: string) => values[name]!,
    assign: (name: string, value: Tensor) => void (values[name] = value),
  } as StateScope
  const parameters = [{ name: 'w', cycle: [true], rate: 1, decays: true }]
  const training = { momentum: 0.5, weightDecay: 0.1 } as Parameters<typeof scalars>[1]
  const inputs = scalars(parameters, training, { step: 0, learningRate: 0.01 })
  update(state, { parameters, gradients: [tf.tensor([2, -3])], scalars: inputs, training })
  assert.deepEqual([...values['w.momentum_buffer']!.dataSync()], [1, -1])
  const expected = [1 - 0.01 * (1 + 0.1), 1 - 0.01 * (-1 + 0.1)]
  values['w']!.dataSync().forEach((value, index) => assert.ok(Math.abs(value - expected[index]!) < 1e-6))
})
