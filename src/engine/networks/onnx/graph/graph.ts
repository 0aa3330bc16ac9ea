import type { Shape } from './shapes.ts'

export type ElementName = 'float32' | 'int32' | 'bool'
export type Settings = Readonly<Record<string, number | string | number[]>>

/** What operators take and give. */
export interface Value {
  /** For one number of samples. */
  shape: Shape
  type: ElementName
  /** Its numbers, where they are known before anything runs. */
  known?: ArrayLike<number>
  /** PyTorch's name of the parameter or buffer that it is. */
  array?: string
  /** Name of the array of the file that it is, where that is none of the network's. */
  initialiser?: string
}

/** Operators that give truth values, whatever they take. */
export const givesTruth: ReadonlySet<string> = new Set(
  'Equal Less LessOrEqual Greater GreaterOrEqual And Or Not IsNaN'.split(' '),
)

/** Operators that are products of matrices. */
export const matrixProducts: ReadonlySet<string> = new Set(['Gemm', 'MatMul', 'Linear'])

/** An operator with what it takes and gives. */
export interface Node<Held extends Value = GraphValue, Own extends Settings | undefined = Settings | undefined> {
  operator: string
  /** Undefined where it is left out. */
  inputs: readonly (Held | undefined)[]
  outputs: readonly Held[]
  /** PyTorch's name of the module that it belongs to. */
  module: string
  /** Everything that it depends on besides its inputs. */
  settings: Own
}

/** A value for any number of samples; its `shape` is that for one. */
export interface GraphValue extends Value {
  /** Its number: values are numbered in the order they are met, and features, units and random numbers named by that. */
  id: number
  /** Sizes of its axes: −k stands for k times the number of samples. */
  sizes: readonly number[]
  /** What the array that it is is to PyTorch. */
  kind?: 'parameter' | 'buffer'
  /** Axis of its channels, where that is known. */
  channelAxis?: number
  /** Whether it is known that none of its numbers is below 0. */
  isNonNegative?: boolean
}

/**
 * A network as it is computed, for any number of samples: operators with settings and shapes, no arithmetic on shapes. Everything that
 * is found out about a network in a file is read from it.
 */
export interface Graph {
  /** Token ids before other inputs. */
  inputs: readonly { name: string; value: GraphValue }[]
  /** The logits. */
  output: GraphValue
  /** In the order they run. */
  nodes: readonly Node[]
  /** By their numbers. */
  values: readonly GraphValue[]
}

/** The value of a parameter or buffer. */
export type ArrayValue = GraphValue & Required<Pick<GraphValue, 'array' | 'kind'>>

export const isArray = (value: GraphValue | undefined): value is ArrayValue => value?.array !== undefined

export const arraysOf = ({ values }: Pick<Graph, 'values'>): ArrayValue[] => values.filter(isArray)

/** Array or constant: the same for all samples. */
export const isFixed = ({ array, known }: Value): boolean => array !== undefined || known !== undefined

/** Whether its numbers are found out when it runs, or trained. */
export const isLive = (value: Value | undefined): value is Value => value !== undefined && value.known === undefined

/** The shape of a value for a number of samples. */
export const shapeFor = (sizes: readonly number[], samples: number): number[] =>
  sizes.map((size) => (size < 0 ? -size * samples : size))

/** Who gives and who reads the values of a graph. */
export interface Links {
  source: ReadonlyMap<GraphValue, Node>
  readers: ReadonlyMap<GraphValue, readonly Node[]>
}

export function linksOf({ nodes }: Pick<Graph, 'nodes'>): Links {
  const readers = new Map<GraphValue, Node[]>()
  for (const node of nodes) {
    for (const value of new Set(node.inputs)) {
      if (!value) continue
      const known = readers.get(value)
      if (known) known.push(node)
      else readers.set(value, [node])
    }
  }
  return { source: new Map(nodes.flatMap((node) => node.outputs.map((value) => [value, node] as const))), readers }
}

/** The nodes that values need, of those in the order they run. */
export function neededNodes(nodes: readonly Node[], values: readonly (GraphValue | undefined)[]): Node[] {
  const needed = new Set(values)
  return nodes
    .toReversed()
    .filter(({ inputs, outputs }) => {
      if (!outputs.some((value) => needed.has(value))) return false
      for (const value of inputs) needed.add(value)
      return true
    })
    .reverse()
}
