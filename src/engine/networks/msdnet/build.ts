import type { Operation } from '../../layers/operations.ts'
import { stridedClassifier } from '../../heads/msdnet.ts'
import { convNormRelu } from '../../layers/conv-norm-relu.ts'
import { blockOf, type Block, type FeatureSpec, type Layer, type Units } from '../../layers/layer.ts'
import { sequential } from '../../layers/composition.ts'
import { inGroup } from '../../layers/parameter.ts'
import { tf, type Tensor } from '../../tf.ts'
import { upTo } from '../exit-placement.ts'
import { paddedShape } from '../image-shape.ts'
import type { Backbone } from '../network.ts'
import { mapName, modulesOf, type Module } from './modules.ts'
import type { MsdnetSpec } from './schema.ts'

/**
 * A multi-scale dense network (Huang 2018; method 1.4): a map at each scale, to which every layer adds channels computed from the same
 * and the finer scale of the layer before. Takes images [height, width, channels]; each module hands on all its maps.
 */
export function build(spec: MsdnetSpec): Backbone {
  const images: FeatureSpec = { shape: paddedShape(spec) }
  const blocks: Block[] = []
  for (const [index, module] of modulesOf(spec).entries()) {
    const before = blocks.at(-1)?.outputs ?? { images }
    blocks.push(makers[module.kind](`blocks.${index}`, before, { spec, module }))
  }
  const classifier = stridedClassifier('classifier', blocks.at(-1)!.outputs['map']!, spec.classes)
  return {
    stem: { parameters: [], operations: [], outputs: { images }, apply: (_context, inputs) => inputs },
    blocks,
    classifier: blockOf(inGroup('classifier', classifier), { from: 'map', to: 'logits' }),
  }
}

interface Making {
  spec: MsdnetSpec
  module: Module
}
type Maker = (name: string, inputs: Block['outputs'], making: Making) => Block

const makers: Record<Module['kind'], Maker> = { first: firstLayer, layer: denseLayer, transition }

/** The finest map from the images, each other one from the finer one, half as long. */
function firstLayer(name: string, inputs: Block['outputs'], { spec }: Making): Block {
  const layers: Layer[] = []
  const outputs: Record<string, FeatureSpec> = {}
  let input = inputs['images']!
  for (const [scale, factor] of spec.growthFactors.entries()) {
    const module = `${name}.scales.${scale}`
    const filters = spec.channels * factor
    layers.push(convNormRelu(module, input, { filters, kernel: 3, stride: scale === 0 ? 1 : 2 }))
    input = { shape: layers[scale]!.outputShape, units: [{ group: module, offset: 0, count: filters }] }
    outputs[mapName(scale, spec)] = input
  }
  const names = Object.keys(outputs)
  return {
    ...joined(layers),
    outputs,
    sources: Object.fromEntries(
      names.map((map, scale) => [map, { inputs: ['images'], parameters: namesOf(layers.slice(0, scale + 1)) }]),
    ),
    apply(context, { images }) {
      const maps: Record<string, Tensor> = {}
      let map = images!
      layers.forEach((layer, scale) => (maps[names[scale]!] = map = layer.apply(context, map)))
      return maps
    },
  }
}

/** 1 × 1 convolutions that make every map narrower; those of scales that the module does not give are dropped. */
function transition(name: string, inputs: Block['outputs'], { spec, module }: Making): Block {
  const maps = scalesOf(spec, module).map((scale, position) => {
    const [map, path] = [mapName(scale, spec), `${name}.scales.${position}`]
    const filters = module.channels * spec.growthFactors[scale]!
    const layer = convNormRelu(path, inputs[map]!, { filters, kernel: 1, stride: 1 })
    return { map, layer, units: [{ group: path, offset: 0, count: filters }] }
  })
  return {
    ...joined(maps.map(({ layer }) => layer)),
    outputs: Object.fromEntries(maps.map(({ map, layer, units }) => [map, { shape: layer.outputShape, units }])),
    sources: Object.fromEntries(maps.map(({ map, layer }) => [map, { inputs: [map], parameters: namesOf([layer]) }])),
    apply: (context, features) =>
      Object.fromEntries(maps.map(({ map, layer }) => [map, layer.apply(context, features[map]!)])),
  }
}

/**
 * Every map behind itself, and behind it the channels that are computed from the finer map (`down`, stride 2) and from itself (`normal`):
 * half of the new ones each, all of them from itself at the finest scale. The finest map of the input may be read only.
 */
function denseLayer(name: string, inputs: Block['outputs'], making: Making): Block {
  const maps = scalesOf(making.spec, making.module).map((scale, position) =>
    denseMap(name, inputs, { ...making, scale, position }),
  )
  const layers = maps.flatMap(({ paths }) => paths.map(({ layer }) => layer))
  return {
    ...joined(layers),
    operations: maps.flatMap(({ paths, concatenation }) => [
      ...paths.flatMap(({ layer }) => layer.operations),
      concatenation,
    ]),
    outputs: Object.fromEntries(maps.map(({ map, feature }) => [map, feature])),
    sources: Object.fromEntries(
      maps.map(({ map, paths }) => [
        map,
        {
          inputs: [...new Set([map, ...paths.map(({ from }) => from)])],
          parameters: namesOf(paths.map(({ layer }) => layer)),
        },
      ]),
    ),
    apply(context, features) {
      const added = ({ from, layer }: Path) => layer.apply(context, features[from]!)
      return Object.fromEntries(
        maps.map(({ map, paths }) => [map, tf.concat([features[map]!, ...paths.map(added)], 3)]),
      )
    },
  }
}

/** From a map of the module before to new channels. */
interface Path {
  from: string
  layer: Layer
  units: Units
}

interface DenseMap {
  map: string
  feature: FeatureSpec
  paths: readonly Path[]
  concatenation: Operation
}

/** A scale of a module; `position`: among the scales that the module returns. */
interface ScaleOfModule extends Making {
  scale: number
  position: number
}

function denseMap(name: string, inputs: Block['outputs'], { spec, scale, position }: ScaleOfModule): DenseMap {
  const [map, finer] = [mapName(scale, spec), mapName(scale - 1, spec)]
  const { shape, units = [] } = inputs[map]!
  const [height, width, channels] = shape as [number, number, number]
  const growth = spec.growth * spec.growthFactors[scale]!
  const fromFiner = finer in inputs
  const filters = fromFiner ? growth / 2 : growth
  const finestBefore = spec.growthFactors.length - Object.keys(inputs).length
  const sources = [
    ...(fromFiner ? [{ path: `${name}.down.${scale - 1 - finestBefore}`, from: finer, at: scale - 1, stride: 2 }] : []),
    { path: `${name}.normal.${position}`, from: map, at: scale, stride: 1 },
  ]
  const paths = sources.map(({ path, from, at, stride }, index) => ({
    from,
    layer: growing(path, inputs[from]!, { filters, stride, bottleneck: spec.bottleneckFactors?.[at] ?? null }),
    units: { group: `${path}.conv`, offset: channels + index * filters, count: filters },
  }))
  return {
    map,
    feature: { shape: [height, width, channels + growth], units: [units, paths.map((each) => each.units)].flat(2) },
    paths,
    concatenation: { module: name, kind: 'concatenate', sizes: { elements: height * width * (channels + growth) } },
  }
}

interface Growing {
  filters: number
  stride: number
  /** Most channels of the 1 × 1 convolution, in multiples of `filters`. */
  bottleneck: number | null
}

/** A 3 × 3 convolution, behind a 1 × 1 one that makes the input narrower. */
function growing(name: string, input: FeatureSpec, { filters, stride, bottleneck }: Growing): Layer {
  const convolution = { filters, kernel: 3, stride }
  if (bottleneck === null) return convNormRelu(`${name}.conv`, input, convolution)
  const width = Math.min(input.shape.at(-1)!, bottleneck * filters)
  const squeeze = convNormRelu(`${name}.squeeze`, input, { filters: width, kernel: 1 })
  const squeezed = { shape: squeeze.outputShape, units: { group: `${name}.squeeze` } }
  return sequential([squeeze, convNormRelu(`${name}.conv`, squeezed, convolution)])
}

/** The scales that a module gives, the finest first. */
function scalesOf({ growthFactors }: MsdnetSpec, { finest }: Module): number[] {
  return upTo(finest, growthFactors.length - 1)
}

function joined(layers: readonly Layer[]): Pick<Layer, 'parameters' | 'operations'> {
  return {
    parameters: layers.flatMap(({ parameters }) => parameters),
    operations: layers.flatMap(({ operations }) => operations),
  }
}

function namesOf(layers: readonly Layer[]): string[] {
  return layers.flatMap(({ parameters }) => parameters.map(({ name }) => name))
}
