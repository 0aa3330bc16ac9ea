import { expect, it } from 'vitest'
import '../../support/tensorflow.ts'
import { sgd } from '../../../src/engine/optimisers/sgd.ts'
import { createState, tf, traced } from '../../../src/engine/tf.ts'
import { trainingSpec } from '../../../src/shared/experiment/training.ts'

it.each([0, 0.9])('in bfloat16 a step has the learning rate of float32, with a momentum of %d', async (momentum) => {
  const side = 256
  const zeros = { shape: [side, side], values: new Float32Array(side ** 2) }
  const state = createState({ w: zeros, 'w.momentum_buffer': zeros })
  const training = trainingSpec.parse({ optimiser: 'sgd', momentum, weightDecay: 0 })
  const parameters = [{ name: 'w', cycle: [true], rate: 1, decays: true }]
  const step = traced(
    'step',
    ({ ones, ...scalars }, scope) => {
      const gradient = tf.matMul(ones as tf.Tensor2D, ones as tf.Tensor2D)
      sgd.update(scope, { parameters, gradients: [gradient], scalars, training })
      return {}
    },
    'bfloat16',
  )
  await step.run(
    { ones: tf.ones([side, side]), ...sgd.scalars(parameters, training, { step: 0, learningRate: 0.1 }) },
    state,
  )
  expect((await state.read('w'))[0]).toBe(Math.fround(-side * Math.fround(0.1)))
  for (const each of [step, state]) each.dispose()
})
