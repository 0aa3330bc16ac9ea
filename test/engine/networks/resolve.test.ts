import { describe, expect, test } from 'vitest'
import { resolveNetwork } from '../../../src/engine/networks/index.ts'
import type { ImageSpec } from '../../../src/shared/network/network.ts'
import { ExitlabError } from '../../../src/shared/basics/error.ts'
import { networkChoice, networkSpec } from '../../../src/engine/networks/families.ts'
import type { BertSpec } from '../../../src/engine/networks/bert/schema.ts'
import type { ResnetSpec } from '../../../src/engine/networks/resnet/schema.ts'
import type { VitSpec } from '../../../src/engine/networks/vit/schema.ts'

type Changes = Partial<Omit<ImageSpec, 'kind'>>
const image = (changes: Changes = {}): ImageSpec => ({
  kind: 'images',
  height: 32,
  width: 32,
  channels: 3,
  pad: 0,
  classes: 10,
  normalisation: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
  ...changes,
})
const resolve = (choice: object, changes?: Changes) => resolveNetwork(networkChoice.parse(choice), image(changes))
const resnet = (choice: object, changes?: Changes) => resolve({ family: 'resnet', ...choice }, changes) as ResnetSpec
const vit = (choice: object = {}, changes?: Changes) => resolve({ family: 'vit', ...choice }, changes) as VitSpec
const span = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

describe('a residual network', () => {
  test('of three stages of three blocks is ResNet-20, exits behind 1 … 7', () => {
    expect(resnet({ blockCounts: [3, 3, 3] })).toEqual({
      family: 'resnet',
      block: 'basic',
      blockCounts: [3, 3, 3],
      widths: [16, 32, 64],
      stem: '3x3',
      inputShape: [32, 32, 3],
      pad: 0,
      classes: 10,
      exits: span(1, 7),
      head: 'pooled',
      normalisation: image().normalisation,
    })
  })

  test.each([
    ['resnet18', 'basic', [2, 2, 2, 2], span(1, 6)],
    ['resnet34', 'basic', [3, 4, 6, 3], [2, 4, 6, 8, 10, 12, 14]],
    ['resnet50', 'bottleneck', [3, 4, 6, 3], span(1, 14)],
    ['resnet101', 'bottleneck', [3, 4, 23, 3], span(1, 31)],
    ['resnet152', 'bottleneck', [3, 8, 36, 3], span(1, 48)],
  ])('%s has the blocks of the literature', (variant, block, blockCounts, exits) => {
    expect(resnet({ variant })).toMatchObject({ block, blockCounts, widths: [64, 128, 256, 512], exits })
  })

  test('may be a variant with widths of its own', () => {
    expect(resnet({ variant: 'resnet18', widths: [8, 8, 16, 16] }).widths).toEqual([8, 8, 16, 16])
  })

  test('gets the 7 × 7 stem for images from 128 pixels, padding counted', () => {
    expect(resnet({ variant: 'resnet18' }, { height: 127, width: 130 }).stem).toBe('3x3')
    expect(resnet({ variant: 'resnet18' }, { height: 126, width: 130, pad: 1 }).stem).toBe('7x7')
    expect(resnet({ variant: 'resnet18', stem: '7x7' }).stem).toBe('7x7')
  })

  test('of two blocks has its exit behind the first', () => {
    expect(resnet({ blockCounts: [2] }).exits).toEqual([0])
  })
})

describe('a vision transformer', () => {
  test.each([
    ['vit-t-cifar', 32, [4, 256, 256, 7, 8], span(0, 6)],
    ['vit-t-cifar', 64, [8, 256, 256, 7, 8], span(0, 6)],
    ['vit-t', 224, [16, 192, 768, 12, 3], span(1, 10)],
    ['vit-s', 224, [16, 384, 1536, 12, 6], span(1, 10)],
    ['vit-b', 224, [16, 768, 3072, 12, 12], [3, 5, 7, 9]],
  ])('%s for images of %i pixels', (variant, side, [patchSize, dim, mlpDim, depth, headCount], exits) => {
    const spec = vit({ variant }, { height: side, width: side })
    expect(spec).toMatchObject({ imageSize: side, patchSize, dim, mlpDim, depth, headCount, exits, channels: 3 })
  })

  test('counts the padding to the image: 28 + 2 · 2 = 32', () => {
    expect(vit({}, { height: 28, width: 28, pad: 2 })).toMatchObject({ imageSize: 32, patchSize: 4, pad: 2 })
  })

  test('may have any of its sizes overridden', () => {
    const sizes = { patchSize: 2, dim: 24, mlpDim: 10, depth: 3, headCount: 4, dropout: 0.1, attentionDropout: 0.2 }
    expect(vit({ ...sizes, head: '2L-1024' })).toMatchObject({ ...sizes, exits: [0, 1, 2], head: '2L-1024' })
  })
})

describe('a BERT', () => {
  const text = { kind: 'text', vocabulary: 30522, maxLength: 64, classes: 20 } as const
  const bert = (choice: object = {}) =>
    resolveNetwork(networkChoice.parse({ family: 'bert', ...choice }), text) as BertSpec

  test('of the base size has the paper’s exits behind the first eleven layers, and dropout', () => {
    expect(bert({ variant: 'bert-base' })).toEqual({
      family: 'bert',
      vocabulary: 30522,
      maxLength: 64,
      classes: 20,
      dropout: 0.1,
      attentionDropout: 0.1,
      dim: 768,
      mlpDim: 3072,
      depth: 12,
      headCount: 12,
      head: '1L',
      exits: span(0, 10).map((layer) => 2 * layer + 1),
    })
  })

  test('takes sizes of one’s own, and more positions than its samples need', () => {
    const sizes = { dim: 24, mlpDim: 10, depth: 2, headCount: 4, dropout: 0, attentionDropout: 0.2, maxLength: 512 }
    expect(bert(sizes)).toMatchObject({ ...sizes, exits: [1] })
    expect(bert({ depth: 2, exits: 'all' }).exits).toEqual([0, 1, 2, 3])
  })

  test.each([
    [
      'too few positions',
      { maxLength: 63 },
      'network.maxLength: positions for 63 tokens are too few for samples of 64',
    ],
    ['heads that do not divide', { headCount: 7 }, 'network.headCount: 7 heads do not divide dim 384'],
    ['one layer without exits', { depth: 1 }, 'network.exits: one layer has no default exits'],
  ])('is refused with %s', (_, choice, message) => {
    expect(() => bert(choice)).toThrow(message)
  })
})

test('a BERT is not given images', () => {
  expect(() => resolve({ family: 'bert' })).toThrow('has images, but bert (network.family) takes text')
})

test('what is resolved is a valid stored network', () => {
  for (const spec of [resnet({ variant: 'resnet50' }), vit()]) expect(networkSpec.parse(spec)).toEqual(spec)
})

test('refuses samples of another kind with one message that names both settings', () => {
  const text = { kind: 'text', vocabulary: 100, maxLength: 16, classes: 2 } as const
  const message =
    'the data set (data.source) has text, but vit (network.family) takes images; choose another data set, or a network that takes text: '
  const refused = () => resolveNetwork(networkChoice.parse({ family: 'vit' }), text)
  expect(refused).toThrow(message)
  expect(refused).toThrow(
    expect.objectContaining({
      code: 'invalid-experiment',
      fields: {
        problems: [
          { path: ['network', 'family'], message: expect.stringContaining(message) },
          { path: ['data', 'source'], message: expect.stringContaining(message) },
        ],
      },
    }),
  )
})

describe('a choice that cannot be built is refused by its key', () => {
  const square = { height: 30, width: 30 }
  test.each<[string, object, Partial<ImageSpec>, string]>([
    ['neither variant nor counts', { family: 'resnet' }, {}, 'network.variant: a resnet needs a variant (resnet18, '],
    [
      'both',
      { family: 'resnet', variant: 'resnet18', blockCounts: [1, 1] },
      {},
      'network.blockCounts: resnet18 defines its block counts',
    ],
    [
      'widths of another length',
      { family: 'resnet', blockCounts: [3, 3], widths: [8] },
      {},
      'network.widths: expected one width for each of the 2 stages, got 1',
    ],
    [
      'one block',
      { family: 'resnet', blockCounts: [1] },
      {},
      'network.blockCounts: a network of one block has no exit site',
    ],
    [
      'exits out of range',
      { family: 'resnet', blockCounts: [3, 3, 3], exits: [8] },
      {},
      'network.exits: block 8 cannot have an exit; in this resnet of 9 blocks, exits are possible after blocks 0 to 7',
    ],
    ['a head too large for its map', { family: 'resnet', variant: 'resnet18', head: 'conv_3l' }, {}, 'heads.'],
    [
      'an image that is not square',
      { family: 'vit' },
      { height: 30, width: 32 },
      'network.family: a vit takes square images, but these are 30 × 32',
    ],
    [
      'an image that 8 does not divide',
      { family: 'vit' },
      square,
      'network.patchSize: an image of 30 pixels does not divide into 8 × 8 patches',
    ],
    [
      'patches that do not tile',
      { family: 'vit', patchSize: 7 },
      square,
      'network.patchSize: patches of 7 pixels do not tile an image of 30',
    ],
    [
      'heads that do not divide',
      { family: 'vit', headCount: 7 },
      {},
      'network.headCount: 7 heads do not divide dim 256',
    ],
    [
      'too few blocks for default exits',
      { family: 'vit', variant: 'vit-b', depth: 4 },
      { height: 224, width: 224 },
      'network.exits: vit-b with 4 blocks has no default exits',
    ],
  ])('%s', (_, choice, changes, message) => {
    const refused = () => resolve(choice, changes)
    expect(refused).toThrow(ExitlabError)
    expect(refused).toThrow(message)
    try {
      refused()
    } catch (error) {
      expect((error as ExitlabError).code).toBe('invalid-experiment')
    }
  })

  test('a head that does not fit is refused at its setting, with the map and a remedy', () => {
    const refused = () => resolve({ family: 'resnet', variant: 'resnet18', head: 'conv_3l' })
    expect(refused).toThrow(
      /heads\.\d\.convs\.\d: a 3 × 3 convolution does not fit its \d × \d input; use larger images, a head with fewer/,
    )
    expect(refused).toThrow(
      expect.objectContaining({ fields: { problems: [expect.objectContaining({ path: ['network', 'head'] })] } }),
    )
  })
})
