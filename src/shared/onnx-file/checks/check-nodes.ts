import { attributeTypes, type OnnxAttribute, type OnnxModel, type OnnxNode } from '../model.ts'
import { nodeInWords, refused } from '../refused.ts'
import { schemasOf, type Schema } from '../schemas/schemas.ts'
import { valueTypes } from './value-types.ts'

/** Holds every node against what ONNX publishes of its operator; operators of which nothing is known are left out. @throws Refused */
export function checkNodes(model: OnnxModel): void {
  const types = valueTypes(model)
  for (const node of model.nodes) {
    const schema = schemaFor(node, model.opset)
    if (!schema) continue
    checkOperands(node, schema)
    checkAttributes(node, schema)
    types.check(node, schema)
  }
  types.checkOutputs()
}

function schemaFor(node: OnnxNode, opset: number): Schema | undefined {
  const schemas = schemasOf(node.operator)
  const schema = schemas?.findLast(({ since }) => since <= opset)
  if (schemas && !schema)
    throw refused(
      `has ${nodeInWords(node)}, which operator set ${opset} does not have`,
      `operator set ${schemas[0]!.since} or later`,
      `export it again with opset_version=${schemas[0]!.since}`,
    )
  return schema
}

function checkOperands(node: OnnxNode, schema: Schema): void {
  for (const key of ['inputs', 'outputs'] as const) {
    const [formals, given] = [schema[key], node[key]]
    const isVariadic = formals.at(-1)?.[2] === 'variadic'
    const least = formals.findLastIndex(([, , option]) => option !== 'optional') + 1
    if (given.length > formals.length && !isVariadic)
      throw refused(`has ${nodeInWords(node)} with ${given.length} ${key}`, `at most ${formals.length}`)
    const missing = formals.slice(0, least).findIndex((_, index) => !given[index])
    if (missing >= 0)
      throw refused(
        `has ${nodeInWords(node)} without its ${key.slice(0, -1)} ${formals[missing]![0]}`,
        formals
          .slice(0, least)
          .map(([name]) => name)
          .join(', '),
      )
  }
}

function checkAttributes(node: OnnxNode, schema: Schema): void {
  const place = (name: string) => `has in ${nodeInWords(node)} the attribute ${name}`
  for (const [name, attribute] of Object.entries(node.attributes)) {
    const type = schema.attributes[name]
    if (type === undefined)
      throw refused(`${place(name)}, which the operator does not have`, namesInWords(Object.keys(schema.attributes)))
    if (type !== attribute.type)
      throw refused(`${place(name)} as ${attributeTypes[attribute.type]!.name}`, attributeTypes[type]!.name)
    if (node.operator !== 'Constant' && !isFinite(attribute)) throw refused(`${place(name)} of no finite number`, 'one')
  }
  const missing = schema.required.find((name) => !Object.hasOwn(node.attributes, name))
  if (missing !== undefined)
    throw refused(`has ${nodeInWords(node)} without its attribute ${missing}`, schema.required.join(', '))
}

const isFinite = ({ float = 0, floats }: OnnxAttribute) => [float, ...floats].every(Number.isFinite)

const namesInWords = (names: readonly string[]) => (names.length === 0 ? 'none' : `some of ${names.join(', ')}`)
