import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromDiskLayout } from '../../../src/engine/layers/layout.ts'
import { networkSpec } from '../../../src/engine/networks/families.ts'
import { createNetwork, type Network } from '../../../src/engine/networks/index.ts'
import { importedArrays, importWeights, type WeightFile } from '../../../src/engine/networks/weight-import.ts'
import { tf, type Tensor } from '../../../src/engine/tf.ts'
import type { NetworkSpec } from '../../../src/shared/network/network.ts'
import { decodeSafetensors, type NamedArray } from '../../../src/shared/safetensors/safetensors.ts'
import { smallResnet, smallVit } from '../../support/networks.ts'
import '../../support/tensorflow.ts'

const folder = new URL('fixtures/torchvision/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.safetensors'))

type Arrays = Record<string, NamedArray>

/** A network of torchvision: its weights, images and logits. */
function load(name: string): { spec: NetworkSpec; weights: Arrays; images: NamedArray; logits: NamedArray } {
  const { arrays, metadata } = decodeSafetensors(readFileSync(new URL(name, folder)), name)
  const weights = Object.entries(arrays).flatMap(([key, array]) =>
    key.startsWith('weights.') ? [[key.slice('weights.'.length), array] as const] : [],
  )
  const { images, logits } = arrays as { images: NamedArray; logits: NamedArray }
  return {
    images,
    logits,
    spec: networkSpec.parse(JSON.parse(metadata.network!)),
    weights: Object.fromEntries(weights),
  }
}

const fileOf = (arrays: Record<string, { shape: readonly number[] }>, type = 'float32'): WeightFile => ({
  arrays: Object.fromEntries(Object.entries(arrays).map(([name, { shape }]) => [name, { shape, type, finite: true }])),
  exits: null,
})

function logitsOf(network: Network, arrays: Arrays, images: NamedArray): Float32Array {
  const logits = tf.tidy(() => {
    const value = (name: string): Tensor => {
      const parameter = network.parameters.find((each) => each.name === name)!
      return tf.tensor(fromDiskLayout(parameter, arrays[name] as never), [...parameter.shape])
    }
    const context = { value, training: () => false, updateBuffer: () => {} }
    return network.forward(context, { images: tf.tensor(images.values, [...images.shape]) }).at(-1)!
  })
  try {
    return logits.dataSync() as Float32Array
  } finally {
    logits.dispose()
  }
}

describe.each(names)('torchvision’s %s', (name) => {
  const { spec, weights, images, logits } = load(name)

  it('gives the logits that torchvision computes, to 1e-5', () => {
    const network = createNetwork(spec)
    const plan = importWeights(network, fileOf(weights))
    expect(plan).toMatchObject({ title: 'torchvision', fresh: [], leftOver: [] })
    const arrays = importedArrays(plan, (array) => weights[array]!.values as Float32Array)
    const ours = logitsOf(network, arrays, images)
    const largest = Math.max(...ours.map((value, i) => Math.abs(value - logits.values[i]!)))
    expect(largest).toBeLessThan(1e-5)
  })
})

const vit = load('vit.safetensors')
const resnet = load('resnet-basic.safetensors')
const importing = (spec: NetworkSpec, arrays: Arrays, type?: string) =>
  importWeights(createNetwork(spec), fileOf(arrays, type))
const groupsOf = (parameters: readonly { group: string }[]) => [...new Set(parameters.map(({ group }) => group))]

describe('what is taken', () => {
  it('says that positions of another grid are interpolated', () => {
    const { notes } = importing({ ...vit.spec, imageSize: 32 }, vit.weights)
    expect(notes).toEqual(['pos_embedding: 3 × 3 positions interpolated to 4 × 4 (bicubic).'])
  })

  it('leaves heads fresh, and reports a classifier of another number of classes', () => {
    const plan = importing({ ...vit.spec, exits: [0, 1], classes: 7 }, vit.weights)
    expect(groupsOf(plan.fresh)).toEqual(['heads.0', 'heads.1', 'classifier'])
    expect(plan.leftOver).toEqual(['heads.head.bias', 'heads.head.weight'])
    expect(plan.notes).toEqual([
      'The classifier is initialised: heads.head.weight has shape [5, 12]; classifier.weight needs [7, 12].',
    ])
  })

  it('reads names behind the prefix of a wrapper', () => {
    const wrapped = Object.fromEntries(
      Object.entries(vit.weights).map(([name, array]) => [`model.module.${name}`, array]),
    )
    const { taken, leftOver } = importing(vit.spec, wrapped)
    expect(leftOver).toEqual([])
    expect(taken[0]).toMatchObject({ parameter: { name: 'patch.weight' }, from: ['model.module.conv_proj.weight'] })
  })

  it('reports converted types, and lists what is left over', () => {
    const { notes } = importing(vit.spec, vit.weights, 'bfloat16')
    expect(notes).toEqual(['Values are converted from bfloat16 to float32.'])
    const counter = { shape: [], values: new Int32Array(1) }
    expect(importing(resnet.spec, { ...resnet.weights, 'bn1.num_batches_tracked': counter }).leftOver).toEqual([
      'bn1.num_batches_tracked',
    ])
  })

  it('says that torchvision’s max-pool is missing where it is', () => {
    expect(importing(resnet.spec, resnet.weights).notes).toEqual([])
    const without = { ...resnet.spec, maxPool: undefined }
    expect(importing(without, resnet.weights).notes[0]).toMatch(/network\.maxPool: true/)
  })

  it('takes heads of Exitlab’s own weights where their exits are the same, and the backbone in any case', () => {
    const spec = smallVit({ exits: [0, 2] })
    const own = fileOf(Object.fromEntries(createNetwork(spec).parameters.map(({ name, shape }) => [name, { shape }])))
    const fromExits = (exits: WeightFile['exits']) =>
      groupsOf(importWeights(createNetwork(smallVit({ exits: [0, 2] })), { ...layout(own, spec), exits }).fresh)
    expect(fromExits({ exits: [0, 2], head: '1L' })).toEqual([])
    expect(fromExits({ exits: [0, 1], head: '1L' })).toEqual(['heads.0', 'heads.1'])
    expect(fromExits({ exits: [0, 2], head: '2L-1024' })).toEqual(['heads.0', 'heads.1'])
    expect(fromExits(null)).toEqual(['heads.0', 'heads.1'])
  })
})

/** Files have convolutions as OIHW. */
function layout(file: WeightFile, spec: NetworkSpec): WeightFile {
  const patch = createNetwork(spec).parameters.find(({ name }) => name === 'patch.weight')!
  const [height, width, inputs, outputs] = patch.shape as [number, number, number, number]
  return {
    ...file,
    arrays: {
      ...file.arrays,
      'patch.weight': { shape: [outputs, inputs, height, width], type: 'float32', finite: true },
    },
  }
}

describe('what is refused', () => {
  const refusal = (spec: NetworkSpec, arrays: Arrays, type?: string) => {
    try {
      importing(spec, arrays, type)
    } catch (error) {
      return (error as Error).message
    }
    throw new Error('nothing was refused')
  }
  const withoutToken = Object.fromEntries(Object.entries(vit.weights).filter(([name]) => name !== 'class_token'))

  it.each([
    ['a missing array', vit.spec, withoutToken, 'initial.weights: class_token is missing'],
    [
      'an array of another shape',
      { ...vit.spec, patchSize: 4 },
      vit.weights,
      'initial.weights: conv_proj.weight has shape [12, 3, 8, 8]; patch.weight needs [12, 3, 4, 4]',
    ],
    [
      'weights of another family',
      smallResnet(),
      vit.weights,
      'initial.weights: it holds no weights of a resnet: expected the names of Exitlab (stem.conv.weight) or torchvision (layer1.0.conv1.weight); got ',
    ],
    ['a file without arrays', vit.spec, {}, 'encoder.layers.encoder_layer_0.ln_1.weight); got no arrays'],
  ])('%s', (_, spec, arrays, message) => {
    expect(refusal(spec, arrays)).toContain(message)
  })

  it('whole numbers where weights belong', () => {
    expect(refusal(vit.spec, vit.weights, 'int64')).toContain('conv_proj.weight holds int64; expected float64')
  })

  it('NaN and infinities in what is taken, also in the classifier, but not in what is left over', () => {
    const { arrays, exits } = fileOf(vit.weights)
    const damaged = (name: string): WeightFile => ({
      arrays: { ...arrays, [name]: { ...arrays[name]!, finite: false } },
      exits,
    })
    const network = createNetwork(vit.spec)
    for (const name of ['class_token', 'heads.head.bias'])
      expect(() => importWeights(network, damaged(name))).toThrow(
        `initial.weights: ${name} holds NaN or infinite values`,
      )
    const seven = createNetwork({ ...vit.spec, classes: 7 })
    expect(groupsOf(importWeights(seven, damaged('heads.head.bias')).fresh)).toEqual(['classifier'])
  })

  it('many arrays at once, of which the first are named', () => {
    expect(refusal({ ...vit.spec, dim: 24 }, vit.weights)).toMatch(/and \d+ more$/)
  })
})
