import { describe, expect, it } from 'vitest'
import '../../support/tensorflow.ts'
import { distillation } from '../../../src/engine/losses/distillation.ts'
import { applyingLosses } from '../../../src/engine/losses/index.ts'
import { tf, type Tensor } from '../../../src/engine/tf.ts'
import { stopGradient } from '../../../src/engine/tensorflow/index.ts'

/** Two classes, one sample: probabilities 0.8 and 0.2 of the exit, 0.6 and 0.4 of the teacher, at temperature 1. */
const logitsOf = (share: number) => tf.tensor2d([[Math.log(share), Math.log(1 - share)]])
const divergence = 0.6 * Math.log(0.6 / 0.8) + 0.4 * Math.log(0.4 / 0.2)

function losses(parameters: object, outputs: (Tensor | null)[], exits: number[]): number[] {
  const own = exits.map((exit) => tf.tensor1d([exit + 1]))
  const all = { alpha: 0.25, temperature: 1, teacher: 'final', ...parameters }
  return distillation(own, { exits, outputs }, all).map((loss) => loss.dataSync()[0]!)
}

describe('self-distillation', () => {
  it('adds the divergence from the final exit to the loss of every other exit', () => {
    const [first, final] = losses({}, [logitsOf(0.8), logitsOf(0.6)], [0, 1])
    expect(first).toBeCloseTo(0.75 * 1 + 0.25 * divergence, 6)
    expect(final).toBe(2)
  })

  it('multiplies the divergence at temperature T by T²', () => {
    const heated = (share: number) => Math.sqrt(share) / (Math.sqrt(share) + Math.sqrt(1 - share))
    const [own, taught] = [heated(0.8), heated(0.6)]
    const kl = taught * Math.log(taught / own) + (1 - taught) * Math.log((1 - taught) / (1 - own))
    const [first] = losses({ temperature: 2, alpha: 1 }, [logitsOf(0.8), logitsOf(0.6)], [0, 1])
    expect(first).toBeCloseTo(4 * kl, 6)
  })

  it('teaches all exits that run by the mean of their logits', () => {
    const outputs = [logitsOf(0.8), null, logitsOf(0.8)]
    expect(losses({ teacher: 'ensemble', alpha: 1 }, outputs, [0, 2])).toEqual([
      expect.closeTo(0, 6),
      expect.closeTo(0, 6),
    ])
  })

  it('is exact where probabilities are too small for float32', () => {
    const [first] = losses({ alpha: 1 }, [tf.tensor2d([[0, -300]]), tf.tensor2d([[0, -200]])], [0, 1])
    expect(first).toBeCloseTo(0, 6)
    const [far] = losses({ alpha: 1 }, [tf.tensor2d([[0, -300]]), tf.tensor2d([[-200, 0]])], [0, 1])
    expect(far).toBeCloseTo(300, 3)
  })
})

describe('a phase without a step that it changes', () => {
  const distilled = (teacher: string, alpha = 0.5) => ({
    weighting: 'uniform',
    distillation: { alpha, temperature: 3, teacher },
  })
  const third = 1 / 3

  it.each<[string, object, number[][], boolean]>([
    ['all exits run', distilled('final'), [[third, third, third]], true],
    ['the teacher does not run', distilled('final'), [[0.5, 0.5, 0]], false],
    ['one of them runs alone', distilled('ensemble'), [[0, 1, 0]], false],
    ['no exit but the teacher runs', distilled('final'), [[0, 0, 1]], false],
    [
      'in every other step all exits run',
      distilled('final'),
      [
        [0, 0, 1],
        [third, third, third],
      ],
      true,
    ],
    ['exits are their own teachers', distilled('ensemble'), [[0.5, 0.5, 0]], true],
    ['the teacher has no share', distilled('final', 0), [[third, third, third]], false],
  ])('does not have it: %s', (_, objective, lossCycle, applies) => {
    expect('distillation' in applyingLosses(objective as never, { lossCycle })).toBe(applies)
  })
})

it('a stopped gradient is a constant: nothing that leads to it is differentiated', () => {
  const [x] = tf.grads((x: Tensor) => tf.mul(x, stopGradient(tf.square(x))))([tf.scalar(3)])
  expect(x!.dataSync()[0]).toBe(9)
  expect(() => tf.grad((each: Tensor) => stopGradient(tf.square(each)))(tf.scalar(3))).toThrow(
    /Cannot compute gradient/,
  )
})
