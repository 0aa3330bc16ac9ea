import { describe, expect, it, test } from 'vitest'
import type { Directions } from '../../../../src/readings/analyses/loss-landscape/compute/directions.ts'
import {
  landscapeDirections,
  movedParameters,
} from '../../../../src/readings/analyses/loss-landscape/compute/directions.ts'
import { diskShape, toDiskLayout } from '../../../../src/engine/layers/layout.ts'
import { createNetwork } from '../../../../src/engine/networks/index.ts'
import { randomParameters } from '../../../support/forward.ts'
import { smallResnet, smallVit } from '../../../support/networks.ts'

const network = createNetwork(smallResnet({ head: 'conv', inputShape: [16, 16, 1] }))
const everything = movedParameters(network, { parts: 'all', oneDimensional: 'element-wise' })
const names = (...asked: Parameters<typeof movedParameters>) => movedParameters(...asked).map(({ name }) => name)

describe('what the directions move', () => {
  test('never move statistics of batch norm, and scale biases, normalisation and mixing factors element by element', () => {
    const parameters = network.parameters.filter(({ kind }) => kind === 'parameter')
    expect(everything).toEqual(parameters)
    const filters = names(network, { parts: 'all', oneDimensional: 'zero' })
    expect(filters).toEqual(parameters.filter(({ shape }) => shape.length > 1).map(({ name }) => name))
    expect(filters).not.toContain('heads.0.mix')
  })

  test.each([
    ['a ResNet', network, ['stem', 'blocks'], ['heads', 'classifier']],
    [
      'a ViT',
      createNetwork(smallVit()),
      ['patch', 'cls_token', 'pos_embedding', 'blocks', 'norm'],
      ['heads', 'classifier'],
    ],
  ])('backbone and heads of %s, the final classifier being the last exit’s', (_, of, backbone, heads) => {
    const parts = (asked: 'backbone' | 'heads') =>
      new Set(names(of, { parts: asked, oneDimensional: 'element-wise' }).map((name) => name.split('.')[0]))
    expect(parts('backbone')).toEqual(new Set(backbone))
    expect(parts('heads')).toEqual(new Set(heads))
  })
})

/** [parameter][filter] of a direction, in PyTorch's layout; elements of their own where there are no filters. */
function filtersOf({ delta }: Directions): number[][][] {
  return everything.map((parameter) => {
    const values = Array.from(toDiskLayout(parameter, delta[parameter.name]!).values)
    const count = parameter.shape.length > 1 ? diskShape(parameter)[0]! : values.length
    const size = values.length / count
    return Array.from({ length: count }, (_, filter) => values.slice(filter * size, (filter + 1) * size))
  })
}

const directions = (weights: number, { seed = 0, draw = 0 } = {}) =>
  landscapeDirections(everything, randomParameters(network, weights), { seed, draw })

it('are the same for two runs, except for the scale of each filter', () => {
  const [first, second] = [filtersOf(directions(1)), filtersOf(directions(2))]
  const unit = (filter: number[]) => filter.map((value) => value / Math.hypot(...filter))
  first.flat().forEach((filter, index) => {
    const other = second.flat()[index]!
    expect(other).not.toEqual(filter)
    unit(filter).forEach((value, element) => expect(unit(other)[element]).toBeCloseTo(value, 5))
  })
})

it('differ between seeds, draws and axes, and are reproducible', () => {
  const name = 'blocks.0.conv1.weight'
  const made = [directions(1), directions(1, { seed: 1 }), directions(1, { draw: 1 })]
  expect(directions(1)).toEqual(made[0])
  const values = made.flatMap(({ delta, eta }) => [delta[name]!, eta[name]!]).map((each) => each.join())
  expect(new Set(values).size).toBe(6)
})

it('do not depend on which other parameters are moved', () => {
  const arrays = randomParameters(network, 1)
  const heads = movedParameters(network, { parts: 'heads', oneDimensional: 'zero' })
  const { delta } = landscapeDirections(heads, arrays, { seed: 0, draw: 0 })
  expect(Object.keys(delta)).toEqual(heads.map(({ name }) => name))
  for (const { name } of heads) expect(delta[name]).toEqual(directions(1).delta[name])
})
