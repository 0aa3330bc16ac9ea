import type { Problem } from '../../../shared/basics/error.ts'
import type { ImageSpec } from '../../../shared/network/network.ts'
import { placeExits } from '../exit-placement.ts'
import { refusal, tooDeep, tooWide, hasSizes, type Family } from '../family.ts'
import { imageInputs } from '../image-shape.ts'
import { draw } from './drawing.ts'
import { modulesOf, type Module } from './modules.ts'
import { choice, spec, variants } from './schema.ts'
import type { MsdnetChoice, MsdnetSizes, MsdnetSpec, MsdnetVariant, SizeSettings, Stages } from './schema.ts'

export const msdnet: Family<MsdnetSpec, MsdnetChoice, 'images'> = {
  info: {
    title: 'Multi-scale dense network',
    summary: 'Dense layers on maps at several scales; exits read the coarsest.',
    paper: 'Huang et al. 2018, Multi-Scale Dense Networks for Resource Efficient Image Classification',
  },
  choice,
  spec,
  variants,
  defaults: { augmentation: 'crop-flip', clipNorm: null, head: 'pooled' },
  reads: () => 'map',
  takes: 'images',
  contradictions,
  resolve,
  inputs: imageInputs,
  blockCount: (spec) => modulesOf(spec).length,
  // The last module feeds the final classifier.
  lastSite: (spec) => modulesOf(spec).length - 2,
  evaluated: (spec) => spec,
  draw: (spec) => draw(spec, titleOf(spec)),
  notes,
  load: () => import('./build.ts'),
}

/** Defaults: the sizes of the variant; exits behind all modules but the last (method 1.4, 2.4). */
function resolve(choice: MsdnetChoice, image: ImageSpec): MsdnetSpec {
  const variant: MsdnetVariant = variants[choice.variant]
  const sizes = sizesOf({ ...variant, ...given(choice) })
  checkSizes(sizes)
  const { height, width, channels, pad, classes, normalisation } = image
  const blockCount = modulesOf(sizes).length
  const sites = { network: 'msdnet', blockCount, lastSite: blockCount - 2 }
  return {
    family: 'msdnet',
    ...sizes,
    inputShape: [height, width, channels],
    pad,
    classes,
    exits: placeExits(choice.exits ?? 'all', sites),
    head: choice.head,
    normalisation,
  }
}

/** The keys that a choice gives. */
function given(choice: MsdnetChoice): Partial<SizeSettings> {
  return Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined))
}

function sizesOf(settings: SizeSettings): MsdnetSizes {
  const { channels, growth, growthFactors, bottleneck, bottleneckFactors = growthFactors, prune, reduction } = settings
  return {
    layers: layerCount(settings),
    channels,
    growth,
    growthFactors: [...growthFactors],
    bottleneckFactors: bottleneck ? [...bottleneckFactors] : null,
    prune,
    reduction,
  }
}

/** Dense layers of all stages. Of `linear` ones in closed form: there may be far too many to add up. */
function layerCount({ stages, base, step, stepMode }: Stages): number {
  const later = stages - 1
  return base + (stepMode === 'even' ? later * step : (step * later * stages) / 2 + later)
}

function checkSizes(sizes: MsdnetSizes): void {
  const { layers, growth, growthFactors, bottleneckFactors, prune, reduction } = sizes
  const scales = growthFactors.length
  if (bottleneckFactors && bottleneckFactors.length !== scales) {
    throw refusal(
      'bottleneckFactors',
      `expected one for each of the ${scales} scales in growthFactors, got ${bottleneckFactors.length}`,
    )
  }
  const odd = growthFactors.findIndex((factor, scale) => scale > 0 && (growth * factor) % 2 !== 0)
  if (odd > 0) {
    throw refusal(
      'growth',
      `a layer adds ${growth * growthFactors[odd]!} channels at scale ${odd}, half of them from the finer scale; choose a growth or a factor that makes them even`,
    )
  }
  if (prune === 'min' && layers < scales - 1) {
    throw refusal('prune', `min drops a scale at each of the last layers: ${scales} scales need ${scales - 1} layers`)
  }
  if (modulesOf(sizes).some(isEmpty)) {
    throw refusal(
      'reduction',
      `a transition keeps no channel of its input at ${reduction}; choose a larger share, or 0`,
    )
  }
}

const isEmpty = ({ channels }: Module) => channels === 0

/** Too many layers or channels to plan. */
function contradictions(network: Readonly<Record<string, unknown>>): Problem[] {
  const named: Readonly<Record<string, MsdnetVariant>> = variants
  const variant = named[String(network['variant'])] ?? variants['msdnet-cifar']
  const size = (key: 'stages' | 'base' | 'step' | 'channels' | 'growth') => numberOr(network[key], variant[key])
  const stepMode = network['stepMode'] === 'linear' ? 'linear' : variant.stepMode
  const layers = layerCount({ stages: size('stages'), base: size('base'), step: size('step'), stepMode })
  const factors: readonly unknown[] = Array.isArray(network['growthFactors']) ? network['growthFactors'] : []
  const widest = Math.max(...[...factors, ...variant.growthFactors].map((factor) => numberOr(factor, 1)))
  return [
    ...tooDeep(['stages', 'base', 'step'].find((key) => key in network) ?? 'stages', layers),
    ...tooWide(['channels'], size('channels') * widest),
    ...tooWide(['growth'], size('growth') * widest),
  ]
}

const numberOr = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise)

/** Title of the variant with these sizes, if there is one. */
function titleOf(spec: MsdnetSpec): string {
  const named = Object.values<MsdnetVariant>(variants).find((variant) => hasSizes(spec, sizesOf(variant)))
  return named?.title ?? 'MSDNet'
}

function notes({ bottleneckFactors }: MsdnetSpec): string {
  const convolutions = bottleneckFactors ? '`squeeze` (1 × 1) and `conv` (3 × 3)' : '`conv` (3 × 3)'
  return `The network is a multi-scale dense network: its convolutions are without bias, before batch norm (eps 1e-5) and ReLU. \`blocks.0\` makes a map
of each scale with \`scales.s\`, the finest from the images, each other one from the finer one with stride 2. In dense layers \`normal.j\` reads the
scales that the layer gives, \`down.j\` leads with stride 2 from scale j of its input to the next; either is ${convolutions}. A map becomes the
concatenation of itself, \`down\` and \`normal\`, the finest one of itself and \`normal\`; where a layer gives fewer scales than it takes, the finest map is
dropped. Transitions are 1 × 1 convolutions \`scales.j\`. Heads and \`classifier\` read the coarsest map; \`classifier\` is two 3 × 3 convolutions with
stride 2 (\`conv1\`, \`conv2\`), the mean over height and width, and \`fc\`.`
}
