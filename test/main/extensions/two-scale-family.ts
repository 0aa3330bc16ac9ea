import { z } from 'zod'
import { relu } from '../../../src/engine/layers/activation.ts'
import { convNorm } from '../../../src/engine/layers/conv-norm.ts'
import { blockOf, type Block, type FeatureSpec, type Layer, type Units } from '../../../src/engine/layers/layer.ts'
import { linear } from '../../../src/engine/layers/linear.ts'
import { inGroup } from '../../../src/engine/layers/parameter.ts'
import { globalAverage } from '../../../src/engine/layers/pooling.ts'
import { sequential } from '../../../src/engine/layers/composition.ts'
import { headsFor } from '../../../src/engine/heads/index.ts'
import { placeExits, upTo } from '../../../src/engine/networks/exit-placement.ts'
import type { Family } from '../../../src/engine/networks/family.ts'
import type { Backbone } from '../../../src/engine/networks/network.ts'
import { tf } from '../../../src/engine/tf.ts'
import { exitPlacement, imageKeys, networkKeys } from '../../../src/shared/network/network.ts'

const head = headsFor('map')
const sizes = { depth: z.int().min(2), growth: z.int().positive() }

const spec = z.strictObject({
  family: z.literal('two-scale'),
  ...sizes,
  /** Height, width and channels of the images. */
  inputShape: z.tuple([z.int(), z.int(), z.int()]),
  pad: z.literal(0),
  head,
  ...networkKeys,
  normalisation: imageKeys.normalisation,
})
type TwoScaleSpec = z.infer<typeof spec>

const choice = z.strictObject({
  family: z.literal('two-scale').describe('A dense network of two scales.'),
  depth: sizes.depth.default(3).describe('Blocks.'),
  growth: sizes.growth.default(2).describe('Channels that a block adds, half of them from the finer scale.'),
  exits: exitPlacement.optional(),
  head: head.default('pooled').describe('Exit head.'),
})

/** Maps at two scales; each block adds channels of both to the coarser one (Huang 2018, MSDNet, in small). */
export const twoScale: Family<TwoScaleSpec, z.infer<typeof choice>, 'images'> = {
  info: { title: 'Two scales', summary: 'Dense blocks at two scales.', paper: 'Huang et al. 2018, MSDNet' },
  choice,
  spec,
  variants: {},
  defaults: { augmentation: 'crop-flip', clipNorm: null, head: 'pooled' },
  reads: () => 'map',
  contradictions: () => [],
  takes: 'images',
  resolve: (chosen, { height, width, channels, classes, normalisation }) => ({
    family: 'two-scale',
    depth: chosen.depth,
    growth: chosen.growth,
    inputShape: [height, width, channels],
    pad: 0,
    head: chosen.head,
    classes,
    normalisation,
    exits: placeExits(chosen.exits ?? upTo(0, chosen.depth - 2), {
      network: 'two-scale',
      blockCount: chosen.depth,
      lastSite: chosen.depth - 2,
    }),
  }),
  inputs: ({ inputShape }) => ({ images: { shape: inputShape, dtype: 'float32' } }),
  blockCount: ({ depth }) => depth,
  lastSite: ({ depth }) => depth - 2,
  evaluated: (network) => network,
  draw: ({ depth, growth, inputShape, classes }) => ({
    title: `Two scales · ${depth} blocks`,
    input: inputShape.join(' × '),
    nodes: [
      { id: 'stem', kind: 'stem', block: null, label: 'stem', detail: `${growth}`, column: 0, row: 0 },
      ...upTo(0, depth - 1).flatMap((block) => {
        const node = { kind: 'block' as const, detail: `+${growth}`, column: block + 1 }
        return [
          { ...node, id: `blocks.${block}.fine`, block: null, label: 'fine', row: 0 },
          { ...node, id: `blocks.${block}`, block, label: `block ${block}`, row: 1 },
        ]
      }),
      {
        id: 'classifier',
        kind: 'classifier',
        block: null,
        label: 'classifier',
        detail: `${classes}-way`,
        column: depth + 1,
        row: 1,
      },
    ],
    edges: upTo(0, depth - 1).flatMap((block) => {
      const [fine, coarse] = block === 0 ? ['stem', 'stem'] : [`blocks.${block - 1}.fine`, `blocks.${block - 1}`]
      return [
        { from: fine, to: `blocks.${block}.fine` },
        { from: fine, to: `blocks.${block}` },
        { from: coarse, to: `blocks.${block}` },
      ]
    }),
  }),
  notes: () => '`stem`, `blocks.i` and `classifier`.',
  load: async () => ({ build }),
}

const namesOf = ({ parameters }: Layer) => parameters.map(({ name }) => name)

const named = (name: string) => ({ conv: `${name}.conv`, norm: `${name}.bn` })

function build({ inputShape, growth, depth, classes }: TwoScaleSpec): Backbone {
  const units = (group: string): Units => ({ group, offset: 0, count: growth })
  const convolve = (name: string, { shape, units: inputUnits }: FeatureSpec, stride: number, outputUnits: Units) => {
    const options = { inputShape: shape, filters: growth, kernel: 3, padding: 1, stride, inputUnits, outputUnits }
    const layer = convNorm(named(name), options)
    return sequential([layer, relu(name, layer.outputShape)])
  }
  const fine = convolve('stem.fine', { shape: inputShape }, 1, units('stem.fine'))
  const coarse = convolve(
    'stem.coarse',
    { shape: fine.outputShape, units: units('stem.fine') },
    2,
    units('stem.coarse'),
  )
  const stem = inGroup('stem', joined({ fine, coarse }))
  const blocks: Block[] = []
  let outputs = stem.outputs
  for (let block = 0; block < depth; block++) {
    const name = `blocks.${block}`
    const next = convolve(`${name}.fine`, outputs['fine']!, 1, units(`${name}.fine`))
    const down = convolve(`${name}.down`, outputs['fine']!, 2, units(`${name}.down`))
    const normal = convolve(`${name}.normal`, outputs['map']!, 1, units(`${name}.normal`))
    blocks.push(dense({ name, map: outputs['map']!, growth }, { next, down, normal }))
    outputs = blocks.at(-1)!.outputs
  }
  const map = outputs['map']!
  const average = globalAverage('classifier', map.shape)
  const output = linear('classifier', { inputShape: average.outputShape, features: classes, inputUnits: map.units })
  const classifier = inGroup('classifier', sequential([average, output]))
  return { stem, blocks, classifier: blockOf(classifier, { from: 'map', to: 'logits' }) }

  function joined(layers: { fine: Layer; coarse: Layer }): Block {
    return {
      parameters: [...layers.fine.parameters, ...layers.coarse.parameters],
      operations: [...layers.fine.operations, ...layers.coarse.operations],
      outputs: {
        fine: { shape: layers.fine.outputShape, units: [units('stem.fine')] },
        map: { shape: layers.coarse.outputShape, units: [units('stem.coarse')] },
      },
      apply(context, { images }) {
        const fine = layers.fine.apply(context, images!)
        return { fine, map: layers.coarse.apply(context, fine) }
      },
    }
  }
}

interface Growing {
  name: string
  /** The coarser map before the block. */
  map: FeatureSpec
  growth: number
}

/** fine → next(fine); map → (map, down(fine), normal(map)), one after the other. What `next` gives serves the next block alone. */
function dense(
  { name, map, growth }: Growing,
  { next, down, normal }: Record<'next' | 'down' | 'normal', Layer>,
): Block {
  const [height, width, channels] = map.shape as [number, number, number]
  const added = [`${name}.down`, `${name}.normal`].map((group, index) => ({
    group,
    offset: channels + index * growth,
    count: growth,
  }))
  const layers = [next, down, normal]
  return {
    parameters: layers.flatMap(({ parameters }) => parameters),
    operations: [...layers.flatMap(({ operations }) => operations), { module: name, kind: 'concatenate', sizes: {} }],
    outputs: {
      fine: { shape: next.outputShape, units: [{ group: `${name}.fine`, offset: 0, count: growth }] },
      map: { shape: [height, width, channels + 2 * growth], units: [...[map.units ?? []].flat(), ...added] },
    },
    sources: {
      fine: { inputs: ['fine'], parameters: namesOf(next) },
      map: { inputs: ['fine', 'map'], parameters: [down, normal].flatMap(namesOf) },
    },
    apply(context, inputs) {
      const fine = next.apply(context, inputs['fine']!)
      const parts = [inputs['map']!, down.apply(context, inputs['fine']!), normal.apply(context, inputs['map']!)]
      return { fine, map: tf.concat(parts, 3) }
    },
  }
}
