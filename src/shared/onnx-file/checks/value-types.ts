import type { OnnxModel, OnnxNode } from '../model.ts'
import { nodeInWords, refused } from '../refused.ts'
import { typeName, type Schema } from '../schemas/schemas.ts'

/** Data types of values, as far as they are known. */
export function valueTypes({ inputs, outputs, initialisers }: OnnxModel) {
  const types = new Map([...inputs, ...initialisers.values()].map(({ name, type }) => [name, type]))

  /** Holds those that a node reads against its schema, and notes those that it gives. @throws Refused */
  function check(node: OnnxNode, schema: Schema): void {
    const bound = boundTypes(node, schema)
    for (const [index, name] of node.outputs.entries()) {
      const [, type] = formalAt(schema.outputs, index)
      const allowed = schema.types[type]!
      const given = bound.get(type)?.type ?? typeByAttribute(node) ?? (allowed.length === 1 ? allowed[0] : undefined)
      if (given !== undefined && !allowed.includes(given))
        throw refused(
          `has ${nodeInWords(node)}, which gives ${name} of ${typeName(given)}`,
          allowed.map(typeName).join(', '),
        )
      if (given !== undefined) types.set(name, given)
    }
  }

  /** What each type of a schema is in a node, and the input that says so. */
  function boundTypes(node: OnnxNode, schema: Schema) {
    const bound = new Map<string, { type: number; by: string }>()
    for (const [index, name] of node.inputs.entries()) {
      const type = types.get(name)
      if (type === undefined) continue
      const [formal, parameter] = formalAt(schema.inputs, index)
      const reads = `has ${nodeInWords(node)}, which reads ${name} of ${typeName(type)} as ${formal}`
      const allowed = schema.types[parameter]!
      if (!allowed.includes(type)) throw refused(reads, allowed.map(typeName).join(', '))
      const other = bound.get(parameter)
      if (other && other.type !== type) throw refused(reads, `${typeName(other.type)}, as ${other.by} is`)
      bound.set(parameter, { type, by: name })
    }
    return bound
  }

  /** Holds what the file says of its outputs against what its operators give. @throws Refused */
  function checkOutputs(): void {
    for (const { name, type } of outputs) {
      const given = types.get(name) ?? type
      if (given !== type)
        throw refused(`says that its output ${name} is of ${typeName(type)}`, `${typeName(given)}, as it is`)
    }
  }

  return { check, checkOutputs }
}

/** The last one may be repeated. */
const formalAt = (formals: Schema['inputs'], index: number) => formals[Math.min(index, formals.length - 1)]!

const byAttribute: Readonly<Record<string, number>> = { value_float: 1, value_floats: 1, value_int: 7, value_ints: 7 }

/** The data type that a node says itself. */
function typeByAttribute({ operator, attributes }: OnnxNode): number | undefined {
  const named = attributes['to'] ?? attributes['dtype']
  if (named) return named.int
  if (attributes['value']) return attributes['value'].tensor?.type
  if (operator === 'ConstantOfShape') return 1
  return Object.entries(byAttribute).find(([name]) => name in attributes)?.[1]
}
