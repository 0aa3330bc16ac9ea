import { ExitlabError } from '../../../shared/error.ts'
import type { NetworkSpec } from '../../../shared/network.ts'
import type { Operation } from '../cost/operations.ts'
import { heads } from '../heads/index.ts'
import type { Layer, Units } from '../layers/layer.ts'
import type { Tensor } from '../tf.ts'
import type { ExitPosition, Network, Place } from './network.ts'
import { partOf } from './parts.ts'
import { checkPlaces, lastPlace } from './placement.ts'

/** A backbone as a chain: stem, blocks, classifier. Each takes the output of the one before. */
export interface Backbone {
  stem: Layer
  blocks: readonly Layer[]
  /** Units of the last axis of each block's output. */
  blockUnits: readonly Units[]
  classifier: Layer
}

/** Puts the exits that `spec` names on a backbone. Throws `invalid-experiment` where one has no block to sit behind. */
export function assemble(spec: NetworkSpec, backbone: Backbone): Network {
  const { stem, blocks, classifier } = backbone
  const exits: ExitPosition[] = [...spec.exits, null].map((block, exit) => ({ exit, block }))
  const headOf = attachHeads(spec, backbone)
  const chain = [stem, ...blocks.flatMap((block, index) => [block, ...(headOf.get(index) ?? [])]), classifier]
  const parameters = chain.flatMap((layer) => layer.parameters)
  return {
    spec,
    parameters,
    parts: [...new Set(parameters.map(({ name }) => partOf(name)))],
    blockCount: blocks.length,
    exits,
    places: placesOf(spec, backbone),
    forward: forwardOf(backbone, headOf, exits),
    operations: {
      exits: pathsTo(new Set([...headOf.values(), [classifier]].flat()), chain),
      backbone: [stem, ...blocks, classifier].flatMap((layer) => layer.operations),
    },
  }
}

/** The one head behind each block that has one. */
type Heads = ReadonlyMap<number, readonly [Layer]>

function attachHeads(spec: NetworkSpec, backbone: Backbone): Heads {
  checkPlaces(spec.exits, { family: spec.family, blockCount: backbone.blocks.length })
  return new Map(spec.exits.map((block, exit) => [block, [headAt(block, `heads.${exit}`, { spec, backbone })]]))
}

/** @throws ExitlabError `invalid-experiment` where the head does not fit what the block hands on. */
function headAt(block: number, name: string, { spec, backbone }: { spec: NetworkSpec; backbone: Backbone }): Layer {
  const { blocks, blockUnits } = backbone
  const { classes } = spec
  return heads[spec.head].create(name, {
    inputShape: blocks[block]!.outputShape,
    classes,
    units: blockUnits[block]!,
  })
}

/** Operations of the chain up to and including each of the `ends`. */
function pathsTo(ends: ReadonlySet<Layer>, chain: readonly Layer[]): Operation[][] {
  const passed: Operation[] = []
  return chain.flatMap((layer) => {
    passed.push(...layer.operations)
    return ends.has(layer) ? [[...passed]] : []
  })
}

function placesOf(spec: NetworkSpec, backbone: Backbone): Place[] {
  const last = lastPlace({ family: spec.family, blockCount: backbone.blocks.length })
  let passed = backbone.stem.operations.length
  return backbone.blocks.map((layer, block) => {
    const operations = (passed += layer.operations.length)
    return {
      shape: layer.outputShape,
      operations,
      head: () => (block <= last ? fittingHead(block, { spec, backbone }) : null),
    }
  })
}

function fittingHead(block: number, of: { spec: NetworkSpec; backbone: Backbone }): readonly Operation[] | null {
  try {
    return headAt(block, `heads.${block}`, of).operations
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'invalid-experiment') return null
    throw error
  }
}

function forwardOf(backbone: Backbone, headOf: Heads, exits: readonly ExitPosition[]): Network['forward'] {
  const { stem, blocks, classifier } = backbone
  const final = exits.length - 1
  return (context, images, { exits: wanted = exits.map(({ exit }) => exit), onBlock } = {}) => {
    const logits: (Tensor | null)[] = exits.map(() => null)
    const deepest = exits[Math.max(...wanted)]
    if (!deepest)
      throw new ExitlabError('internal', `forward: expected exits between 0 and ${final}, got [${wanted.join(', ')}]`)
    let features = stem.apply(context, images)
    const last = deepest.block ?? blocks.length - 1
    for (let block = 0; block <= last; block++) {
      const layer = blocks[block]!
      // Heads and classifier of tokens look at the first one: behind the last block nobody asks for the others.
      const shortened = block === last && !onBlock && layer.applyToFirst?.(context, features)
      features = shortened || layer.apply(context, features)
      onBlock?.(block, features)
      const exit = exits.findIndex((each) => each.block === block)
      if (wanted.includes(exit)) logits[exit] = headOf.get(block)![0].apply(context, features)
    }
    if (wanted.includes(final)) logits[final] = classifier.apply(context, features)
    return logits
  }
}
