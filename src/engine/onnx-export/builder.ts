import { ExitlabError } from '../../shared/basics/error.ts'
import type { BatchedGraph, BatchedValue } from './batched.ts'
import type { ElementType, OnnxAttribute, OnnxNode, OnnxTensor } from './model.ts'

/**
 * Order of the axes of a map: `plain` as TensorFlow has it, [batch, height, width, channels]; `channels-first` as ONNX's convolutions
 * have it, [batch, channels, height, width]. Everything else is plain.
 */
export type Layout = 'plain' | 'channels-first'

/** Axis of the plain layout that is at each place of `channels-first`, and the other way round. */
const channelsFirst = [0, 3, 1, 2]
const plainAgain = [0, 2, 3, 1]

/** Axes of a map in another layout. */
export const axisIn = (layout: Layout, axis: number) => (layout === 'plain' ? axis : channelsFirst.indexOf(axis))

/** Entries given for each plain axis, in the order of a layout. */
export const inLayout = <T>(layout: Layout, entries: readonly T[]): T[] =>
  layout === 'plain' ? [...entries] : channelsFirst.map((axis) => entries[axis]!)

/**
 * An ONNX graph under construction. Each value of the computation is held in one layout or in both: whoever reads it says in which, and
 * only where it is held in the other alone is it transposed. So maps stay channels-first from one convolution to the next.
 */
export interface Builder {
  nodes: readonly OnnxNode[]
  constants: readonly OnnxTensor[]
  /** Adds a node of one output; returns the output's name. */
  emit(type: string, inputs: readonly string[], attributes?: Record<string, OnnxAttribute>): string
  /** A constant vector of int64. */
  ints(values: readonly number[]): string
  /** A constant vector or scalar of float32. */
  floats(values: Float32Array, shape?: readonly number[]): string
  /** Repeats axes of length 1; of the shape the first size alone may depend on the number of samples. Returns the output's name. */
  expanded(name: string, shape: readonly (number | null)[]): string
  /** Says by which name the value is held in a layout. */
  hold(id: number, name: string, layout: Layout): void
  /** Layouts that a value is held in; of a known value all. */
  isHeld(id: number, layout: Layout): boolean
  /** Name of a value in a layout. */
  name(id: number, layout: Layout): string
  /** The node that gives the value of this name. */
  source(name: string): OnnxNode | undefined
}

/** `batchOf`: name of a value whose first axis is the number of samples. */
export function createBuilder({ values }: BatchedGraph, batchOf: string): Builder {
  const nodes: OnnxNode[] = []
  const constants: OnnxTensor[] = []
  const held = new Map<number, Partial<Record<Layout, string>>>()

  const emit: Builder['emit'] = (type, inputs, attributes = {}) => {
    const output = `${type}_${nodes.length}`
    nodes.push({ type, inputs: [...inputs], outputs: [output], attributes })
    return output
  }

  function constant(type: ElementType, shape: readonly number[], array: ArrayBufferView): string {
    const name = `constant_${constants.length}`
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    constants.push({ name, type, shape, bytes })
    return name
  }

  const ints: Builder['ints'] = (list) => constant('int64', [list.length], BigInt64Array.from(list, BigInt))
  const floats: Builder['floats'] = (array, shape = [array.length]) => constant('float32', shape, array)

  function known(id: number, layout: Layout): string {
    const value = values[id]!
    const { shape, array, isRepeated } = rowsOf(value)
    const rank = shape.length
    const map = layout === 'plain' || rank === 0 ? { shape, array } : asMap(shape, array)
    const name = constant(typeOf(array), map.shape, map.array)
    return isRepeated ? expanded(name, [null, ...map.shape.slice(1)]) : name
  }

  function expanded(name: string, [first, ...rest]: readonly (number | null)[]): string {
    if (first !== null) return emit('Expand', [name, ints([first!, ...(rest as number[])])])
    const batch = emit('Shape', [batchOf], { start: { int: 0 }, end: { int: 1 } })
    const sizes = emit('Concat', [batch, ints(rest as number[])], { axis: { int: 0 } })
    return emit('Expand', [name, sizes])
  }

  function name(id: number, layout: Layout): string {
    const names = held.get(id) ?? {}
    const found = names[layout]
    if (found !== undefined) return found
    const made = values[id]!.values ? known(id, layout) : transposed(names, layout)
    held.set(id, { ...names, [layout]: made })
    return made
  }

  function transposed(names: Partial<Record<Layout, string>>, layout: Layout): string {
    const [other, axes] = layout === 'plain' ? [names['channels-first'], plainAgain] : [names.plain, channelsFirst]
    return emit('Transpose', [other!], { perm: { ints: axes } })
  }

  return {
    nodes,
    constants,
    emit,
    ints,
    floats,
    expanded,
    name,
    hold: (id, as, layout) => void held.set(id, { ...held.get(id), [layout]: as }),
    isHeld: (id, layout) => values[id]!.values !== null || held.get(id)?.[layout] !== undefined,
    source: (output) => nodes.find(({ outputs }) => outputs[0] === output),
  }
}

type Array = Float32Array | Int32Array | Uint8Array

/** A known value; of a value repeated for each sample, the first row. */
function rowsOf({ shape, values }: BatchedValue): { shape: number[]; array: Array; isRepeated: boolean } {
  if (!shape.includes(null)) return { shape: shape as number[], array: values!, isRepeated: false }
  const row = [1, ...shape.slice(1)] as number[]
  const size = row.reduce((product, length) => product * length, 1)
  const isRepeated = shape[0] === null && !row.includes(null as never)
  if (isRepeated && values!.every((value, at) => value === values![at % size]))
    return { shape: row, array: values!.slice(0, size), isRepeated }
  throw new ExitlabError(
    'usage',
    `A constant of shape [${shape}] differs from sample to sample: no ONNX is written of it.`,
  )
}

function typeOf(array: Array): ElementType {
  if (array instanceof Float32Array) return 'float32'
  return array instanceof Int32Array ? 'int32' : 'bool'
}

/** An array as one of rank 4, channels first; it is broadcast as before. */
function asMap(shape: readonly number[], array: Array): { shape: number[]; array: Array } {
  const full = [...new Array<number>(4 - shape.length).fill(1), ...shape]
  const [batch, height, width, channels] = full as [number, number, number, number]
  const moved = array.slice()
  const pixels = height * width
  for (let at = 0; at < array.length; at++) {
    const [image, rest] = [Math.floor(at / (pixels * channels)), at % (pixels * channels)]
    const [pixel, channel] = [Math.floor(rest / channels), rest % channels]
    moved[(image * channels + channel) * pixels + pixel] = array[at]!
  }
  return { shape: [batch, channels, height, width], array: moved }
}
