import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openEngine } from 'exitlab/extension'
import extension from './loss.ts'

const { 'next-exit': loss } = extension.losses!

test('adds the divergence from the next exit, and nothing to the last one', async () => {
  const { tf } = await openEngine()
  const compute = await loss!.load()
  const outputs = [tf.tensor([[0, 0]]), tf.tensor([[Math.log(3), 0]])]
  const [first, last] = compute([tf.tensor([1]), tf.tensor([2])], { exits: [0, 1], outputs }, { weight: 0.5 })
  const divergence = 0.75 * Math.log(0.75 / 0.5) + 0.25 * Math.log(0.25 / 0.5)
  assert.ok(Math.abs(first!.dataSync()[0]! - (1 + 0.5 * divergence)) < 1e-6)
  assert.equal(last!.dataSync()[0], 2)
})

test('applies where two exits run', () => {
  assert.deepEqual(
    [[0, 1], [1]].map((running) => loss!.applies({ running, exitCount: 2 }, loss!.parameters.parse({}))),
    [true, false],
  )
})
