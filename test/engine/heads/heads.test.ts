import { describe, expect, test } from 'vitest'
import { macsOf } from '../../../src/engine/layers/operations.ts'
import { heads } from '../../../src/engine/heads/index.ts'
import { headSizes } from '../../../src/engine/networks/head-sizes.ts'

const shapes = { map: [14, 13, 8], tokens: [3, 8], any: [14, 13, 8] }
const first = { exit: 0, exitCount: 2, states: [], feature: 'map', sizes: {} } as const
const loaded = await Promise.all(
  heads.entries().map(async ([name, { reads, load }]) => ({ name, reads, head: await load() })),
)
const named = new Map(loaded.map((each) => [each.name, each]))

function create(name: string) {
  const { head, reads } = named.get(name)!
  const { feature } = reads
  const input = { shape: shapes[feature], units: { group: 'features' } }
  const sizes = headSizes({ head: name })
  const where = { ...first, exit: 2, exitCount: 5, feature: feature === 'any' ? 'map' : feature } as const
  return head.create('heads.2', { ...where, input, classes: 5, sizes })
}

describe.each(loaded)('head $name', ({ name, head: { info } }) => {
  test('says what it is', () => {
    const { title, summary, paper } = info
    expect([title, summary, paper].every((text) => text.length > 0)).toBe(true)
    expect(summary.endsWith('.')).toBe(true)
  })

  test('names its arrays after its exit and can be counted', () => {
    const { parameters, shared = [], operations } = create(name)
    expect(parameters.every((parameter) => parameter.name.startsWith('heads.2.'))).toBe(true)
    const isShared = (module: string) => shared.some((parameter) => parameter.name.startsWith(`${module}.`))
    expect(operations.every(({ module }) => module.startsWith('heads.2') || isShared(module))).toBe(true)
    expect(operations.map(macsOf).every((macs) => macs >= 0)).toBe(true)
  })
})

test('the stacks of the convolutional heads have the widths of method 2.2', () => {
  const widths = (name: string) =>
    create(name)
      .parameters.filter(({ layout }) => layout === 'convolution')
      .map(({ shape }) => shape[3])
  const stacks = ['pooled', 'conv', 'conv_2l', 'conv_3l', 'conv_4l', 'conv_5l']
  expect(stacks.map(widths)).toEqual([[], [4], [8, 4], [8, 8, 4], [4, 4, 4, 2], [4, 4, 4, 4, 4]])
})

test('the hidden layers of the token heads are named fc1, fc2, …', () => {
  const names = (name: string) => create(name).parameters.map((parameter) => parameter.name.slice('heads.2.'.length))
  expect(names('1L')).toEqual(['fc.weight', 'fc.bias'])
  expect(names('3L-8192')).toEqual(['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias', 'fc3.weight', 'fc3.bias'])
})

test('a convolutional head is refused where halving leaves no channel', () => {
  const input = { shape: [14, 13, 1] }
  const options = { ...first, input, classes: 5 }
  const refused = 'network.head: heads.0.convs.0 halves the channels of its input, which has only 1'
  expect(() => named.get('conv')!.head.create('heads.0', options)).toThrow(refused)
})
