import { ExitlabError } from '../../../../shared/error.ts'
import type { ForwardContext } from '../../layers/layer.ts'
import { tf, type Tensor } from '../../tf.ts'
import { shapeFor, type Graph } from './graph.ts'

/** `map`: [batch, height, width, channels], as kernels of maps take it, of a value [batch, channels, height, width]; `plain`: as it is. */
export type Layout = 'plain' | 'map'

const toMap = [0, 2, 3, 1]
const toPlain = [0, 3, 1, 2]
/** Where an axis of a value is in its map. */
export const mapAxis = (axis: number): number => toPlain[axis]!
/** One entry for each axis of a value, in the order of its map. */
export const mapOrder = <Entry>(entries: readonly Entry[]): Entry[] => toMap.map((axis) => entries[axis]!)

/** A graph as tables of values need it. */
export interface TableGraph {
  graph: Graph
  arrays: ReadonlyMap<number, string>
  constants: ReadonlyMap<number, Graph['constants'][number]>
  /** Arrays that are held as filters, [height, width, channels, filters]. */
  filters: ReadonlySet<string>
}

/** The values of a graph in one forward pass, each in one layout or in both. */
export class ValueTable {
  readonly #held = new Map<number, Partial<Record<Layout, Tensor>>>()
  readonly source: TableGraph
  readonly context: ForwardContext
  readonly samples: number

  constructor(source: TableGraph, context: ForwardContext, samples: number) {
    this.source = source
    this.context = context
    this.samples = samples
  }

  set(value: number, tensor: Tensor, layout: Layout): void {
    this.#held.set(value, { [layout]: tensor })
  }

  shape(value: number): number[] {
    return shapeFor(this.source.graph.shapes[value]!, this.samples)
  }

  /** Whether taking it as a map needs no transposition, and taking it plain does. */
  isMap(value: number): boolean {
    const held = this.#held.get(value)
    return held?.map !== undefined && held.plain === undefined
  }

  get(value: number, layout: Layout): Tensor {
    const held = this.#held.get(value) ?? this.#fixed(value)
    const rank = this.shape(value).length
    held[layout] ??= layout === 'map' && rank < 4 ? this.#widened(held.plain!) : transposed(held, layout)
    return held[layout]
  }

  /** Name of the array that a value is; null where it is none. */
  arrayName(value: number): string | null {
    return this.source.arrays.get(value) ?? null
  }

  /** As kernels take filters: [height, width, channels, filters]. */
  filter(value: number): Tensor {
    const name = this.source.arrays.get(value)
    const isHeld = name !== undefined && this.source.filters.has(name)
    return isHeld ? this.context.value(name) : tf.transpose(this.get(value, 'plain'), [2, 3, 1, 0])
  }

  #fixed(value: number): Partial<Record<Layout, Tensor>> {
    const held = { plain: this.#array(value) ?? this.#constant(value) }
    this.#held.set(value, held)
    return held
  }

  #array(value: number): Tensor | undefined {
    const name = this.source.arrays.get(value)
    if (name === undefined) return undefined
    const array = this.context.value(name)
    return this.source.filters.has(name) ? tf.transpose(array, [3, 2, 0, 1]) : array
  }

  #constant(value: number): Tensor {
    const constant = this.source.constants.get(value)
    if (!constant) throw new ExitlabError('internal', `value ${value} of the graph has not been computed`)
    return tf.tensor(constant.data, this.shape(value), constant.type)
  }

  /** As a map that broadcasts. */
  #widened(plain: Tensor): Tensor {
    if (plain.rank === 0) return plain
    return tf.transpose(tf.reshape(plain, [...Array<number>(4 - plain.rank).fill(1), ...plain.shape]), toMap)
  }
}

const transposed = ({ plain, map }: Partial<Record<Layout, Tensor>>, layout: Layout) =>
  layout === 'map' ? tf.transpose(plain!, toMap) : tf.transpose(map!, toPlain)
