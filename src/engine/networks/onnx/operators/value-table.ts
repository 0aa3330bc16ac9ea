import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { ForwardContext } from '../../../layers/layer.ts'
import { tf, type Tensor } from '../../../tf.ts'
import { shapeFor, type GraphValue } from '../graph/graph.ts'

/** `map`: [batch, height, width, channels], as kernels of maps take it, of a value [batch, channels, height, width]; `plain`: as it is. */
export type Layout = 'plain' | 'map'

const toMap = [0, 2, 3, 1]
const toPlain = [0, 3, 1, 2]
/** Where an axis of a value is in its map. */
export const mapAxis = (axis: number): number => toPlain[axis]!
/** One entry for each axis of a value, in the order of its map. */
export const mapOrder = <Entry>(entries: readonly Entry[]): Entry[] => toMap.map((axis) => entries[axis]!)

/** What a table of values is of. */
interface TableOptions {
  context: ForwardContext
  samples: number
  /** Whether an array is held as a filter, [height, width, channels, filters]. */
  isFilter(array: string): boolean
}

/** The values of a graph in one forward pass, each in one layout or in both. */
export class ValueTable {
  readonly #held = new Map<GraphValue, Partial<Record<Layout, Tensor>>>()
  readonly #options: TableOptions

  constructor(options: TableOptions) {
    this.#options = options
  }

  get context(): ForwardContext {
    return this.#options.context
  }

  set(value: GraphValue, tensor: Tensor, layout: Layout): void {
    this.#held.set(value, { [layout]: tensor })
  }

  shape({ sizes }: GraphValue): number[] {
    return shapeFor(sizes, this.#options.samples)
  }

  /** Whether taking it as a map needs no transposition, and taking it plain does. */
  isMap(value: GraphValue): boolean {
    const held = this.#held.get(value)
    return held?.map !== undefined && held.plain === undefined
  }

  get(value: GraphValue, layout: Layout): Tensor {
    const held = this.#held.get(value) ?? this.#fixed(value)
    const isNarrow = layout === 'map' && value.sizes.length < 4
    held[layout] ??= isNarrow ? widened(held.plain!) : transposed(held, layout)
    return held[layout]
  }

  /** As kernels take filters: [height, width, channels, filters]. */
  filter(value: GraphValue): Tensor {
    const isHeld = value.array !== undefined && this.#options.isFilter(value.array)
    return isHeld ? this.context.value(value.array!) : tf.transpose(this.get(value, 'plain'), [2, 3, 1, 0])
  }

  #fixed(value: GraphValue): Partial<Record<Layout, Tensor>> {
    const held = { plain: value.array === undefined ? this.#constant(value) : this.#array(value.array) }
    this.#held.set(value, held)
    return held
  }

  #array(name: string): Tensor {
    const array = this.context.value(name)
    return this.#options.isFilter(name) ? tf.transpose(array, [3, 2, 0, 1]) : array
  }

  #constant(value: GraphValue): Tensor {
    const { known, type, id } = value
    if (!known) throw new ExitlabError('internal', `value ${id} of the graph has not been computed`)
    return tf.tensor(known, this.shape(value), type)
  }
}

/** As a map that broadcasts. */
function widened(plain: Tensor): Tensor {
  if (plain.rank === 0) return plain
  return tf.transpose(tf.reshape(plain, [...Array<number>(4 - plain.rank).fill(1), ...plain.shape]), toMap)
}

const transposed = ({ plain, map }: Partial<Record<Layout, Tensor>>, layout: Layout) =>
  layout === 'map' ? tf.transpose(plain!, toMap) : tf.transpose(map!, toPlain)
