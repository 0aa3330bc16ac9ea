import assert from 'node:assert/strict'
import { test } from 'node:test'
import extension from './regime.ts'

const { 'freeze-thaw': regime } = extension.regimes!

test('trains the backbone, the heads and all, in this order', () => {
  assert.deepEqual(
    regime!.phases.map(({ trains }) => trains),
    ['backbone', 'heads', 'all'],
  )
})
