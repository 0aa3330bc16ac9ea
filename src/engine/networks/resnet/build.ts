import { relu } from '../../layers/activation.ts'
import { convNorm } from '../../layers/conv-norm.ts'
import type { Conv2dOptions } from '../../layers/conv2d.ts'
import { blockOf, type Layer, type Units } from '../../layers/layer.ts'
import { linear } from '../../layers/linear.ts'
import { globalAverage, maxPool } from '../../layers/pooling.ts'
import { inGroup } from '../../layers/parameter.ts'
import { residual, sequential } from '../../layers/composition.ts'
import { paddedShape } from '../image-shape.ts'
import type { Backbone } from '../network.ts'
import type { ResnetSpec } from './schema.ts'

/** Ratio of a bottleneck's output width to the width of its stage. */
const expansion = { basic: 1, bottleneck: 4 }

/**
 * A post-activation residual network (He 2016; method 1.1): stem, blocks of all stages, global average, linear layer.
 * Stages after the first begin with stride 2, on the 3 × 3 convolution in bottlenecks; where stride or width change the shortcut is a
 * 1 × 1 convolution with batch norm. Takes images [height, width, channels].
 */
export function build(spec: ResnetSpec): Backbone {
  const stemUnits = { group: 'stem' }
  const stem = createStem(spec, paddedShape(spec), stemUnits)
  const blocks = createBlocks(spec, { shape: stem.outputShape, units: stemUnits })
  const last = blocks.at(-1)!
  const average = globalAverage('classifier', last.layer.outputShape)
  const classifier = sequential([
    average,
    linear('classifier', { inputShape: average.outputShape, features: spec.classes, inputUnits: last.units }),
  ])
  return {
    stem: blockOf(inGroup('stem', stem), { from: 'images', to: 'map', units: stemUnits }),
    blocks: blocks.map(({ layer, units }) => blockOf(layer, { from: 'map', to: 'map', units })),
    classifier: blockOf(inGroup('classifier', classifier), { from: 'map', to: 'logits' }),
  }
}

function createStem(spec: ResnetSpec, inputShape: readonly number[], outputUnits: Units): Layer {
  const geometry = spec.stem === '3x3' ? { kernel: 3, padding: 1 } : { kernel: 7, stride: 2, padding: 3 }
  const names = { conv: 'stem.conv', norm: 'stem.bn' }
  const normalised = convNorm(names, { inputShape, filters: spec.widths[0]!, ...geometry, outputUnits })
  const active = sequential([normalised, relu('stem', normalised.outputShape)])
  return spec.maxPool ? sequential([active, maxPool('stem', active.outputShape)]) : active
}

/** A map of features and the units its channels are made of. */
interface Features {
  shape: readonly number[]
  units: Units
}

/** A block and the units its output channels are made of. */
interface Block {
  layer: Layer
  units: Units
}

function createBlocks({ block, blockCounts, widths }: ResnetSpec, input: Features): Block[] {
  const blocks: Block[] = []
  let features = input
  for (const [stage, count] of blockCounts.entries()) {
    for (let i = 0; i < count; i++) {
      const stride = stage > 0 && i === 0 ? 2 : 1
      const name = `blocks.${blocks.length}`
      const created = createBlock(name, features, { block, stride, width: widths[stage]!, stage })
      blocks.push(created)
      features = { shape: created.layer.outputShape, units: created.units }
    }
  }
  return blocks
}

interface BlockOptions {
  block: ResnetSpec['block']
  stride: number
  width: number
  stage: number
}

function createBlock(name: string, { shape, units }: Features, { block, stride, width, stage }: BlockOptions): Block {
  const filters = width * expansion[block]
  const projected = stride !== 1 || shape.at(-1) !== filters
  // An identity shortcut ties a block's output units to its input's; a projection opens the stream of a new stage.
  const outputUnits = projected ? { group: `stages.${stage}` } : units
  const options = { inputShape: shape, filters, width, stride, inputUnits: units, outputUnits }
  const main = block === 'basic' ? basic(name, options) : bottleneck(name, options)
  const names = { conv: `${name}.shortcut.conv`, norm: `${name}.shortcut.bn` }
  const shortcut = projected ? convNorm(names, { ...options, kernel: 1 }) : undefined
  const layer = sequential([residual(name, main, shortcut), relu(name, main.outputShape)])
  return { layer, units: outputUnits }
}

type BranchOptions = Omit<Conv2dOptions, 'kernel'> & { width: number }

/** 3 × 3 (stride) → 3 × 3. */
function basic(name: string, { width, ...options }: BranchOptions): Layer {
  const inner = { group: `${name}.conv1` }
  const first = numbered(name, 1, { ...options, kernel: 3, padding: 1, filters: width, outputUnits: inner })
  const active = relu(name, first.outputShape)
  const after = { ...options, inputShape: active.outputShape, stride: 1, inputUnits: inner }
  return sequential([first, active, numbered(name, 2, { ...after, kernel: 3, padding: 1 })])
}

/** 1 × 1 → 3 × 3 (stride) → 1 × 1 to four times the width. */
function bottleneck(name: string, { width, stride, ...options }: BranchOptions): Layer {
  const [inner, outer] = [{ group: `${name}.conv1` }, { group: `${name}.conv2` }]
  const first = numbered(name, 1, { ...options, kernel: 1, filters: width, outputUnits: inner })
  const second = numbered(name, 2, {
    inputShape: first.outputShape,
    filters: width,
    kernel: 3,
    stride,
    padding: 1,
    inputUnits: inner,
    outputUnits: outer,
  })
  const third = numbered(name, 3, { ...options, inputShape: second.outputShape, kernel: 1, inputUnits: outer })
  return sequential([first, relu(name, first.outputShape), second, relu(name, second.outputShape), third])
}

function numbered(name: string, number: number, options: Conv2dOptions): Layer {
  return convNorm({ conv: `${name}.conv${number}`, norm: `${name}.bn${number}` }, options)
}
