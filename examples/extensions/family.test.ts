import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImageSpec } from 'exitlab/extension'
import extension from './family.ts'

const { 'mlp-mixer': family } = extension.families!
const images: ImageSpec = {
  kind: 'images',
  height: 8,
  width: 8,
  channels: 1,
  pad: 0,
  classes: 3,
  normalisation: { mean: [0], std: [1] },
}
const network = (settings: object) =>
  family!.resolve(family!.choice.parse({ family: 'mlp-mixer', ...settings }), images)

test('fills in what an experiment leaves out', () => {
  assert.deepEqual(network({ depth: 4 })['exits'], [1, 2])
})

test('has the parameters of its layers', async () => {
  const { build } = await family!.load()
  const [block] = build(network({ depth: 2, dim: 6, tokenDim: 5, channelDim: 7, exits: [0] })).blocks
  const count = block!.parameters.reduce(
    (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
    0,
  )
  // Two norms, 4 patches → 5 → 4, 6 channels → 7 → 6.
  assert.equal(count, 2 * (6 + 6) + (4 * 5 + 5) + (5 * 4 + 4) + (6 * 7 + 7) + (7 * 6 + 6))
})

test('refuses patches that do not tile the image', () => {
  assert.throws(() => network({ patchSize: 3 }), /patches of 3 pixels do not tile an image of 8/)
})
