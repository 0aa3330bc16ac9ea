import {
  givesTruth,
  matrixProducts,
  shapeFor,
  type ElementName,
  type Graph,
  type GraphValue,
  type Node,
} from './graph.ts'
import { givesNonNegative } from './non-negative.ts'
import type { StoredGraph } from './stored-graph.ts'

/** A stored graph with its values in place of their numbers, and what follows of each from the node that gives it. */
export function linkedGraph(stored: StoredGraph): Graph {
  const values = storedValues(stored)
  const nodes = stored.nodes.map(({ operator, inputs, outputs, module, settings }): Node => {
    const node = {
      ...{ operator, settings, module: stored.modules[module]! },
      inputs: inputs.map((value) => (value < 0 ? undefined : values[value]!)),
      outputs: outputs.map((value) => values[value]!),
    }
    const found = { type: typeOf(node), channelAxis: channelAxisOf(node), isNonNegative: givesNonNegative(node) }
    for (const value of node.outputs) Object.assign(value, found)
    return node
  })
  const inputs = stored.inputs.map(({ name, value }) => ({ name, value: values[value]! }))
  return { inputs, output: values[stored.output]!, nodes, values }
}

function storedValues({ shapes, arrays, constants, inputs }: StoredGraph): GraphValue[] {
  const values = shapes.map((sizes, id): GraphValue => ({
    id,
    sizes,
    shape: shapeFor(sizes, 1),
    type: 'float32',
    channelAxis: undefined,
    isNonNegative: false,
  }))
  for (const { value, name, kind } of arrays) Object.assign(values[value]!, { array: name, kind })
  for (const { value, type, data } of constants)
    Object.assign(values[value]!, { type, known: data, isNonNegative: data.every((each) => each >= 0) })
  // Whole numbers are token ids, masks and segments.
  for (const { value, type } of inputs) Object.assign(values[value]!, { type, isNonNegative: type === 'int32' })
  return values
}

/** The data type that a node gives. */
function typeOf({ operator, inputs, settings }: Node): ElementName {
  if (operator === 'Cast' || operator === 'CastLike') return settings!['to'] as ElementName
  if (givesTruth.has(operator)) return 'bool'
  return inputs[operator === 'Where' ? 1 : 0]?.type ?? 'float32'
}

const givesSecond = new Set(['Conv', 'BatchNormalization', 'MaxPool', 'AveragePool', 'InstanceNormalization'])
const givesLast = new Set([...matrixProducts, 'LayerNormalization'])

/** The axis of the channels that a node gives: of convolutions the second, of products the last; transpositions move it. */
function channelAxisOf({ operator, inputs, outputs, settings }: Node): number | undefined {
  const rank = outputs[0]!.sizes.length
  if (givesSecond.has(operator)) return 1
  const isOfMap = inputs.some((value) => value?.channelAxis === 1 && value.sizes.length === 4)
  // A map by constants, as adaptive averages are written, has its channels where they were.
  const keepsMap = operator === 'MatMul' && isOfMap && inputs.some((value) => value?.known !== undefined)
  if (givesLast.has(operator) && !keepsMap) return rank - 1
  const from = inputs.find((value) => value?.channelAxis !== undefined)?.channelAxis
  if (from === undefined) return undefined
  if (operator === 'Transpose') return (settings!['order'] as number[]).indexOf(from)
  if (operator !== 'Reshape' && operator !== 'Flatten') return from
  if (from === inputs[0]!.sizes.length - 1) return rank - 1
  return from === 1 && rank >= 3 ? 1 : undefined
}
