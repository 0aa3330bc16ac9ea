import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ExitLoss } from '../../../src/engine/losses/exit-loss.ts'
import { exitLosses } from '../../../src/engine/losses/index.ts'
import { taskOf } from '../../../src/engine/tasks/index.ts'
import { tf, type Tensor } from '../../../src/engine/tf.ts'
import '../../support/tensorflow.ts'

const register = (name: string, loss: ExitLoss) =>
  exitLosses.register(name, {
    info: { title: name, sentence: 'None.', paper: 'none' },
    parameters: z.strictObject({ weight: z.number().default(1) }),
    applies: () => true,
    load: async () => loss,
  })
register('averaged', (losses) => losses.map((loss) => tf.mean(loss)))
register('shortened', (losses) => losses.slice(1))
register('patchy', ([first]) => [first!, undefined as unknown as Tensor])
register('doubled', (losses) => losses.map((loss) => tf.mul(loss, 2)))
register('raised', (losses) => losses.map((loss) => tf.add(loss, 1)))
register('in-place', (losses) => {
  const changed = losses as Tensor[]
  changed[0] = tf.zeros([3])
  return changed
})

// What knows the registries is loaded once everything is registered.
const { lossesOfExits } = await import('../../../src/engine/training/exit-losses.ts')

function losses(...names: string[]) {
  const outputs = [tf.zeros([3, 2]), tf.zeros([3, 2])]
  const targets = tf.tensor2d([[1, 0], [0, 1], [1, 0]]) // prettier-ignore
  const between = Object.fromEntries(names.map((name) => [name, { weight: 1 }]))
  const objective = { weighting: 'uniform', ...between } as never
  return lossesOfExits({ task: taskOf({}), targets, objective, exits: [0, 1], outputs })
}

test('a loss between exits gives each exit one number a sample', () => {
  const { own, trained } = losses('doubled')
  expect(own.map((loss) => loss.shape)).toEqual([[3], [3]])
  expect([...trained[1]!.dataSync()]).toEqual([2, 2, 2].map((each) => expect.closeTo(each * Math.LN2, 6) as number))
})

test('several apply in the order of their names, whatever order they were loaded in', () => {
  const last = (...names: string[]) => losses(...names).trained[1]!.dataSync()[0]
  expect(last('doubled', 'raised')).toBeCloseTo(2 * Math.LN2 + 1, 6)
  expect(last('raised', 'doubled')).toBe(last('doubled', 'raised'))
})

test('one that writes over the losses that it is given does not change those that are reported', () => {
  const { own, trained } = losses('in-place')
  expect([own[0]!, trained[0]!].map((loss) => loss.dataSync()[0])).toEqual([expect.closeTo(Math.LN2, 6), 0])
})

test.each([
  ['averaged', 'gave losses of the shapes [], []; expected [3], [3]'],
  ['shortened', 'gave losses of the shapes [3]; expected [3], [3]'],
  ['patchy', 'gave losses of the shapes [3], [nothing]; expected [3], [3]'],
])('a loss of other shapes is refused: %s', (name, message) => {
  expect(() => losses(name)).toThrow(`The loss between exits “${name}” ${message}`)
})
