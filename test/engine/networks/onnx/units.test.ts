import { describe, expect, it } from 'vitest'
import { permuteAxes } from '../../../../src/main/engine/matching/permute-units.ts'
import { unitGroups } from '../../../../src/main/engine/matching/unit-groups.ts'
import { permutation, stream } from '../../../../src/main/engine/random.ts'
import { tf } from '../../../../src/main/engine/tf.ts'
import { recordingContext } from '../../../support/forward.ts'
import { onnxFixture, onnxFixtures, referenceInputs } from '../../../support/onnx-fixtures.ts'
import '../../../support/tensorflow.ts'

describe.each(onnxFixtures)('units of %s', (name) => {
  const { network, arrays, reference } = onnxFixture(name, { exits: [0, 1] })
  const groups = unitGroups(network.parameters)

  function logits(own: typeof arrays): number[] {
    return tf.tidy(() => {
      const all = network.forward(recordingContext(own).context, referenceInputs(reference))
      return all.flatMap((each) => Array.from(each!.dataSync()))
    })
  }

  it('are found in every block', () => {
    const matched = network.parameters.filter(({ axes }) => axes.length > 0)
    const blocks = new Set(matched.map(({ group }) => group).filter((group) => group.startsWith('blocks.')))
    expect(blocks.size).toBe(network.sites.length)
  })

  it('can be permuted at once in every group without a change of any exit’s logits', () => {
    const random = stream(3)
    const orders = new Map(groups.map((group) => [group.name, permutation(group.size, random)]))
    const permuted = Object.fromEntries(
      network.parameters.map((parameter) => [
        parameter.name,
        permuteAxes(arrays[parameter.name]!, parameter.axes, orders as never),
      ]),
    )
    const changed = network.parameters.filter(({ name: each }) =>
      permuted[each]!.values.some((value, i) => value !== arrays[each]!.values[i]),
    )
    expect(changed.length).toBeGreaterThan(4)
    const [before, after] = [logits(arrays), logits(permuted)]
    const most = Math.max(...before.map(Math.abs))
    before.forEach((value, index) => expect(Math.abs(value - after[index]!) / most).toBeLessThan(1e-5))
  })
})

it('units of attention are its heads and the width of each, those of groups of filters the groups and the channels of each', () => {
  const axesOf = (fixture: 'transformer' | 'convolutional', name: string) =>
    onnxFixture(fixture)
      .network.parameters.find((parameter) => parameter.name === name)!
      .axes.map(({ axis, tile = 1, repeat = 1 }) => ({ axis, tile, repeat }))
  expect(axesOf('transformer', 'layers.0.attention.qkv.weight')).toEqual([
    { axis: 0, tile: 3, repeat: 8 },
    { axis: 0, tile: 6, repeat: 1 },
    { axis: 1, tile: 1, repeat: 1 },
  ])
  expect(axesOf('transformer', 'layers.0.attention.out.weight')).toContainEqual({ axis: 1, tile: 1, repeat: 8 })
  expect(axesOf('convolutional', '1.0.layers.0.weight')).toEqual([
    { axis: 2, tile: 1, repeat: 1 },
    { axis: 3, tile: 1, repeat: 2 },
    { axis: 3, tile: 4, repeat: 1 },
  ])
})
