import type { OnnxModel } from '../model.ts'
import { nodeInWords, refused } from '../refused.ts'
import { isDataType, typeName } from '../schemas/schemas.ts'

/** That every value is given once, nodes differ by their names, and arrays are of a type that ONNX has. @throws Refused */
export function checkNames({
  nodes,
  initialisers,
  inputs,
}: Pick<OnnxModel, 'nodes' | 'initialisers' | 'inputs'>): void {
  const values = new Map<string, string>()
  const give = (name: string, by: string) => {
    const other = values.get(name)
    if (other !== undefined)
      throw refused(`has the value ${name} twice, of ${other} and of ${by}`, 'a name of its own for each')
    values.set(name, by)
  }
  for (const { name, type } of initialisers.values()) {
    if (!isDataType(type))
      throw refused(`has the array ${name} of ${typeName(type)}, which ONNX does not have`, 'float32')
    if (name === '') throw refused('has an array without a name', 'one')
    give(name, 'its arrays')
  }
  for (const { name } of inputs) give(name, 'its inputs')
  const names = new Set<string>()
  for (const node of nodes) {
    if (node.name !== '' && names.has(node.name))
      throw refused(`has two nodes named ${node.name}`, 'a name of its own for each')
    names.add(node.name)
    for (const name of node.outputs) if (name !== '') give(name, nodeInWords(node))
  }
}
