import { describe, expect, test } from 'vitest'
import { macsOf } from '../../../src/main/engine/cost/table.ts'
import { heads, type HeadName } from '../../../src/main/engine/heads/index.ts'
import { stream } from '../../../src/main/engine/random.ts'
import { tf } from '../../../src/main/engine/tf.ts'
import { convolutionalHeads, tokenHeads } from '../../../src/shared/network.ts'
import { randomTensor, recordingContext } from '../../support/forward.ts'
import '../../support/tensorflow.ts'

const options = { classes: 5, units: { group: 'features' } }
const shapes: Record<string, number[]> = Object.fromEntries([
  ...convolutionalHeads.map((name) => [name, [14, 13, 8]]),
  ...tokenHeads.map((name) => [name, [3, 8]]),
])
const create = (name: HeadName) => heads[name].create('heads.2', { ...options, inputShape: shapes[name]! })

test('the registry holds the heads of the schema and no other', () => {
  expect(Object.keys(heads)).toEqual([...convolutionalHeads, ...tokenHeads])
})

describe.each(Object.keys(heads) as HeadName[])('head %s', (name) => {
  test('says what it is', () => {
    const { title, summary, paper } = heads[name].info
    expect([title, summary, paper].every((text) => text.length > 0)).toBe(true)
    expect(summary.endsWith('.')).toBe(true)
  })

  test('names its arrays after its exit and can be counted', () => {
    const layer = create(name)
    expect(layer.parameters.every((parameter) => parameter.name.startsWith('heads.2.'))).toBe(true)
    expect(layer.operations.every((operation) => operation.module.startsWith('heads.2'))).toBe(true)
    expect(layer.operations.map(macsOf).every((macs) => macs >= 0)).toBe(true)
  })
})

describe.each(['pooled', 'conv', 'conv_2l', 'conv_3l', 'conv_4l', 'conv_5l', '1L', '2L-1024'] as const)(
  'head %s',
  (name) => {
    test('turns features into logits', () => {
      const layer = create(name)
      const arrays = Object.fromEntries(
        layer.parameters.map(({ name, shape, init }) => [name, { shape, values: init(stream(1, name)) }]),
      )
      tf.tidy(() => {
        const logits = layer.apply(recordingContext(arrays).context, randomTensor([2, ...shapes[name]!], 1))
        expect(logits.shape).toEqual([2, 5])
      })
    })
  },
)

test('the stacks of the convolutional heads have the widths of method 2.2', () => {
  const widths = (name: HeadName) =>
    create(name)
      .parameters.filter(({ layout }) => layout === 'convolution')
      .map(({ shape }) => shape[3])
  expect(convolutionalHeads.map(widths)).toEqual([[], [4], [8, 4], [8, 8, 4], [4, 4, 4, 2], [4, 4, 4, 4, 4]])
})

test('the hidden layers of the token heads are named fc1, fc2, …', () => {
  const names = (name: HeadName) => create(name).parameters.map((parameter) => parameter.name.slice('heads.2.'.length))
  expect(names('1L')).toEqual(['fc.weight', 'fc.bias'])
  expect(names('3L-8192')).toEqual(['fc1.weight', 'fc1.bias', 'fc2.weight', 'fc2.bias', 'fc3.weight', 'fc3.bias'])
})
