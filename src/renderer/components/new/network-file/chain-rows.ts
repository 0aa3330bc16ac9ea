import type { NetworkDrawing } from '../../../../shared/network/network-drawing.ts'
import type { NetworkReport } from '../../../../shared/network/network-file.ts'

type Site = NetworkReport['sites'][number]

/** A block of a network from a file, with the exit behind it, if there is one. */
export interface ChainRow extends Pick<Site, 'module' | 'parameters' | 'parts'> {
  block: number
  /** `56 × 56`, where the size of the map is another than before. */
  stage: string | null
  /** `56 × 56 × 24`, or of tokens `17 × 16`. */
  shape: string
  /** Multiply-adds up to here, of an experiment with the heads before it and its own; null behind its last block. */
  macs: number | null
  /** The same as a share of the backbone's cost. */
  fraction: number | null
  exit: number | null
  /** Whether an exit may sit behind it: the last block feeds the classifier. */
  placeable: boolean
}

/**
 * The blocks of a network from a file with exits behind those in `exits`. Costs and shapes are those of the experiment where its network
 * could be drawn, else those of the file at its own size and without heads.
 */
export function chainRows(
  { sites, backboneMacs, feature }: NetworkReport,
  drawing: NetworkDrawing | null,
  exits: readonly number[],
): ChainRow[] {
  const blocks = drawing?.nodes.filter(({ kind }) => kind === 'block') ?? []
  const isDrawn = blocks.length === sites.length
  const placed = [...new Set(exits)].sort((a, b) => a - b)
  const shapes = sites.map(({ shape }, block) => (isDrawn ? blocks[block]!.detail : shape.join(' × ')))
  const stages = shapes.map((shape) => (feature.startsWith('map') ? shape.split(' × ').slice(0, 2).join(' × ') : ''))
  return sites.map(({ module, parameters, parts, macs }, block) => {
    const drawn = isDrawn ? blocks[block]! : null
    const place = placed.indexOf(block)
    return {
      module,
      parameters,
      parts,
      block,
      stage: stages[block] === '' || stages[block] === stages[block - 1] ? null : stages[block]!,
      shape: shapes[block]!,
      macs: drawn ? drawn.macs : macs,
      fraction: drawn ? drawn.fraction : macs / backboneMacs,
      exit: place === -1 ? null : place,
      placeable: block < sites.length - 1,
    }
  })
}

/** `images of 32 × 32 × 3`, `texts of 128 tokens`. */
export function takenInWords({ inputShape, vocabulary }: Pick<NetworkReport, 'inputShape' | 'vocabulary'>): string {
  return vocabulary === null ? `images of ${inputShape.join(' × ')}` : `texts of ${inputShape[0]} tokens`
}

/** What a module of a block does, in a line: `Conv`, `Conv, 2 × Relu`. */
export function operatorWords(operators: readonly string[]): string {
  const counts = [...Map.groupBy(operators, (name) => name)]
  return counts.map(([name, { length }]) => (length === 1 ? name : `${length} × ${name}`)).join(', ')
}

/** A module of a block without the name of the block. */
export const moduleWithin = (module: string, block: string): string =>
  module.startsWith(`${block}.`) ? module.slice(block.length + 1) : module === block ? 'block' : module || 'network'
