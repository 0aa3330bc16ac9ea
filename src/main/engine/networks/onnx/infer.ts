import { ExitlabError } from '../../../../shared/error.ts'
import { numbersOf, type OnnxModel, type OnnxNode, type OnnxTensor } from '../../../onnx-file/model.ts'
import type { FileArrays } from './file-arrays.ts'
import { operators } from './operators/index.ts'
import { GraphProblem } from './problem.ts'
import { isPossible } from './shapes.ts'
import type { Settings } from './graph.ts'
import { isLive, typeNames, type Value } from './value.ts'

/** A node that runs, for one number of samples. */
export interface LiveNode {
  node: OnnxNode
  /** Operands by the names of values; '' for one that is left out. */
  inputs: string[]
  settings: Settings | undefined
}

/** Every value of a model for one number of samples. */
export interface Inference {
  values: ReadonlyMap<string, Value>
  live: LiveNode[]
}

export interface InferenceOptions {
  /** Name of the file in messages. */
  file: string
  arrays: FileArrays
  /** Shapes of the inputs, by name. */
  inputs: Readonly<Record<string, readonly number[]>>
}

/** Numbers of all that is computed before anything runs. */
const mostNumbers = 1 << 26

/**
 * Shapes of all values of a model; what follows from shapes and constants alone is computed at once. @throws ExitlabError `data`,
 * naming operator and module, where an operator is not supported or does not fit.
 */
export function infer(model: OnnxModel, { file, arrays, inputs }: InferenceOptions): Inference {
  const values = startValues(model, arrays, inputs)
  const live: LiveNode[] = []
  let computed = 0
  for (const node of model.nodes) {
    const given = node.inputs.map((name) => valueOf(values, name, { node, file }))
    const { outputs, settings, operands } = inferNode(node, given, file)
    node.outputs.forEach((name, index) => {
      // A merged array that is separate again has its value already.
      if (name !== '' && outputs[index] && !values.has(name)) values.set(name, outputs[index])
    })
    const impossible = outputs.find((output) => isLive(output) && !isPossible(output.shape))
    if (impossible) throw refused(file, { node, what: `it would give [${impossible.shape.join(', ')}]` })
    computed += outputs.reduce((sum, { known }) => sum + (known?.length ?? 0), 0)
    if (computed > mostNumbers) throw refused(file, { node, what: 'too much is computed of sizes' })
    const passes = (output: Value | undefined) => output === undefined || given.includes(output)
    if (!outputs.some((output) => isLive(output) && !passes(output))) continue
    const kept = operands ? operands.map((index) => node.inputs[index] ?? '') : node.inputs
    live.push({ node, inputs: [...kept], settings })
  }
  return { values, live }
}

function startValues({ initialisers, inputs }: OnnxModel, { arrays }: FileArrays, shapes: InferenceOptions['inputs']) {
  const values = new Map<string, Value>()
  for (const tensor of initialisers.values()) values.set(tensor.name, constantOf(tensor))
  for (const [name, { shape }] of arrays) values.set(name, { shape, type: 'float32', array: name })
  for (const { name, type } of inputs) values.set(name, { shape: shapes[name]!, type: typeNames[type] ?? 'float32' })
  return values
}

function constantOf(tensor: OnnxTensor): Value {
  const type = typeNames[tensor.type] ?? 'float32'
  // Numbers are read when they are needed: most are weights of a network that another name has.
  let numbers: ArrayLike<number> | undefined
  return {
    shape: tensor.shape,
    type,
    get known() {
      return (numbers ??= numbersOf(tensor) ?? [])
    },
  }
}

interface Place {
  node: OnnxNode
  file: string
}

function valueOf(values: ReadonlyMap<string, Value>, name: string, { node, file }: Place): Value | undefined {
  if (name === '') return undefined
  const value = values.get(name)
  if (value) return value
  throw refused(file, {
    node,
    what: `it reads ${name}, which no operator before it gives`,
    remedy: 'Further outputs of operators, such as the mask of a dropout, are not supported; else the file is damaged.',
  })
}

function inferNode(node: OnnxNode, inputs: readonly (Value | undefined)[], file: string) {
  const { infer: inferred } = operators[node.operator] ?? {}
  try {
    if (Object.values(node.attributes).some(({ isGraph }) => isGraph))
      throw new GraphProblem('control flow', 'Export a network whose steps do not depend on its input.')
    if (!inferred) throw new GraphProblem('the operator is not supported')
    return inferred(node, inputs)
  } catch (error) {
    if (error instanceof GraphProblem) throw refused(file, { node, what: error.message, remedy: error.remedy })
    if (error instanceof TypeError || error instanceof RangeError)
      throw refused(file, { node, what: 'its operands are missing or malformed', remedy: 'The file is damaged.' })
    throw error
  }
}

const rewrite =
  'Export with export_backbone.py (exitlab export-backbone --help), which writes operator set 17; ' +
  'where that is not enough, rewrite that part of the network with other operators.'

interface Refusal {
  node: Pick<OnnxNode, 'operator' | 'module'>
  what: string
  remedy?: string | undefined
}

/** Names the operator and its module, and says what to do. */
export function refused(file: string, { node: { operator, module }, what, remedy = rewrite }: Refusal): ExitlabError {
  const place = module === '' ? operator : `${operator} of module ${module}`
  return new ExitlabError('data', `The file ${file}: ${place}: ${what}. ${remedy}`)
}
