import type { Precision } from '../../shared/experiment/precision.ts'
import type { Attribute } from './attribute.ts'
import { attribute } from './attribute.ts'
import type { Output } from './c-api.ts'
import { dataType } from './data-types.ts'
import type { Graph, Nodes } from './graph-nodes.ts'
import type { Symbols } from './graph-symbols.ts'
import { inferredShape } from './graph-symbols.ts'
import type { Usage } from './graph-usage.ts'
import { type Operand, type Rule, ruleOf } from './mixed-precision.ts'

/** An operation as tfjs asks for it: tensors by id, all floats float32. */
export interface Requested {
  name: string
  attributes: readonly Attribute[]
  inputs: readonly number[]
}

/**
 * The number formats of a graph's tensors. tfjs knows float32 only; here a tensor has the format in which its operation computes, and
 * is converted to the other one at most once, when an operation needs it. So consecutive operations stay in bfloat16, and a weight is
 * converted once a step.
 */
interface Formats {
  /** Inputs and attributes of an operation in the format that it computes in. */
  place(requested: Requested): { attributes: readonly Attribute[]; inputs: Output[] }
  /** A tensor as float32; one that is not floating-point is unchanged. */
  float32(id: number): Output
  /** The data type that tfjs is to see. */
  seenType(output: Output): number
}

interface GraphParts {
  target: Graph
  nodes: Nodes
  symbols: Symbols
  usage: Usage
}

type Format = keyof typeof formats
const formats = { float32: dataType.float32, bfloat16: dataType.bfloat16 }
const formatNames = new Map<number, Format>(Object.entries(formats).map(([name, number]) => [number, name as Format]))

export function createFormats({ target, nodes, symbols, usage }: GraphParts, precision: Precision): Formats {
  /** By id: the tensor in the format that it was not made in. */
  const converted = new Map<number, Output>()
  const formatOf = (output: Output) => formatNames.get(target.api.TF_OperationOutputType(output)) ?? null

  function conversion(id: number, from: Format, to: Format): Output {
    const attributes = [attribute.type('SrcT', from), attribute.type('DstT', to)]
    const operation = nodes.operation({ name: 'Cast', attributes, inputs: [symbols.get(id)], after: [] })
    usage.record({ name: 'Cast', operation, inputs: [id], outputs: [] })
    return { oper: operation, index: 0 }
  }

  function inFormat(id: number, to: Format): Output {
    const output = symbols.get(id)
    const from = formatOf(output)
    if (from === null || from === to) return output
    let found = converted.get(id)
    if (!found) converted.set(id, (found = conversion(id, from, to)))
    return found
  }

  function ruleFor({ name, attributes, inputs }: Requested): Rule | null {
    const rule = precision === 'bfloat16' && ruleOf(name)
    if (!rule) return null
    const operands = inputs
      .map(symbols.get)
      .map((output): Operand => ({ shape: inferredShape(target, output, name), format: formatOf(output) }))
    const flags = Object.fromEntries(attributes.map((each) => [each.name, each.value]))
    return rule.applies(operands, flags) ? rule : null
  }

  const float32 = (id: number) => inFormat(id, 'float32')

  return {
    place(requested) {
      const { attributes, inputs } = requested
      const rule = ruleFor(requested)
      if (!rule) return { attributes, inputs: inputs.map(float32) }
      return {
        attributes: attributes.map((each) => (each.name === 'T' ? attribute.type('T', 'bfloat16') : each)),
        inputs: inputs.map((id, index) => (index < rule.inputs ? inFormat(id, 'bfloat16') : float32(id))),
      }
    },
    float32,
    seenType: (output) => (formatOf(output) ? dataType.float32 : target.api.TF_OperationOutputType(output)),
  }
}
