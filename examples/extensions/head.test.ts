import assert from 'node:assert/strict'
import { test } from 'node:test'
import extension from './head.ts'

const { 'two-layers': head } = extension.heads!

test('has two layers of its names', async () => {
  const { create } = await head!.load()
  const input = { shape: [4, 4, 6] }
  const place = { feature: 'map', classes: 3, exit: 0, exitCount: 2, states: [], sizes: {} } as const
  assert.deepEqual(
    create('heads.0', { input, ...place }).parameters.map(({ name, shape }) => [name, shape]),
    [
      ['heads.0.fc1.weight', [6, 6]],
      ['heads.0.fc1.bias', [6]],
      ['heads.0.fc2.weight', [3, 6]],
      ['heads.0.fc2.bias', [3]],
    ],
  )
})
