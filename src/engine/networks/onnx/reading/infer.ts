import {
  numbersOf,
  type OnnxModel,
  type OnnxNode,
  type OnnxPort,
  type OnnxTensor,
} from '../../../../shared/onnx-file/model.ts'
import { isLive, type Node, type Value } from '../graph/graph.ts'
import { GraphProblem, wrongly } from '../graph/problem.ts'
import { isPossible } from '../graph/shapes.ts'
import { operators } from '../operators/index.ts'
import { checkSize, isKnown } from '../operators/known.ts'
import { typeNames } from '../operators/operands.ts'
import type { Inferred, Operands, Operator } from '../operators/operator.ts'
import type { FileArrays } from './file-arrays.ts'
import { typeName } from '../../../../shared/onnx-file/schemas/schemas.ts'
import { fileRefused, nodeRefused } from './refusals.ts'

/** What a model computes for one number of samples. */
export interface Inference {
  inputs: readonly { name: string; value: Value }[]
  /** The nodes that run, in their order. */
  nodes: readonly Node<Value>[]
  output: Value
}

interface InferenceOptions {
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
export function infer(model: OnnxModel, { file, arrays, inputs: shapes }: InferenceOptions): Inference {
  const values = startValues(model, arrays, shapes)
  let computed = 0
  const nodes = model.nodes.flatMap((node): Node<Value>[] => {
    const refuse: Refuse = (what, remedy) => nodeRefused(file, { node, what, remedy })
    const given = node.inputs.map((name) => valueOf(values, model.initialisers, { name, refuse }))
    const { outputs, settings, operands = given.keys() } = inferNode(node, given, refuse)
    computed += checkedNumbers(outputs, refuse)
    if (computed > mostNumbers) throw refuse('too much is computed of sizes')
    node.outputs.forEach((name, index) => {
      // A merged array that is separate again has its value already.
      if (name !== '' && outputs[index] && !values.has(name)) values.set(name, outputs[index])
    })
    if (!outputs.some((output) => isLive(output) && !given.includes(output))) return []
    const inputs = Array.from(operands, (index) => given[index])
    const own = node.outputs.flatMap((name) => values.get(name) ?? [])
    return [{ operator: node.operator, inputs, outputs: own, module: node.module, settings }]
  })
  const inputs = model.inputs.map(({ name }) => ({ name, value: values.get(name)! }))
  const [{ name }] = model.outputs as [OnnxPort]
  const output = values.get(name)
  if (!output) throw fileRefused(file, `no operator gives its output ${name}: it is damaged`)
  return { inputs, nodes, output }
}

/** How many numbers of outputs are known. */
function checkedNumbers(outputs: readonly Value[], refuse: Refuse): number {
  const impossible = outputs.find((output) => isLive(output) && !isPossible(output.shape))
  if (impossible) throw refuse(`it would give [${impossible.shape.join(', ')}]`)
  return outputs.reduce((sum, { known }) => sum + (known?.length ?? 0), 0)
}

function startValues({ initialisers, inputs }: OnnxModel, { arrays }: FileArrays, shapes: InferenceOptions['inputs']) {
  const values = new Map<string, Value>()
  for (const tensor of initialisers.values()) values.set(tensor.name, constantOf(tensor))
  for (const [name, { shape }] of arrays) values.set(name, { shape, type: 'float32', array: name })
  for (const { name, type } of inputs) values.set(name, { shape: shapes[name]!, type: typeNames[type]! })
  return values
}

function constantOf(tensor: OnnxTensor): Value {
  const type = typeNames[tensor.type] ?? 'float32'
  // Numbers are read when they are needed: most are weights of a network that another name has.
  let numbers: ArrayLike<number> | undefined
  return {
    ...{ shape: tensor.shape, type, initialiser: tensor.name },
    get known() {
      return (numbers ??= numbersOf(tensor) ?? [])
    },
  }
}

type Refuse = (what: string, remedy?: string) => Error

function valueOf(
  values: ReadonlyMap<string, Value>,
  initialisers: OnnxModel['initialisers'],
  { name, refuse }: { name: string; refuse: Refuse },
): Value | undefined {
  const value = values.get(name)
  const type = initialisers.get(name)?.type
  if (type !== undefined && !typeNames[type])
    throw refuse(
      `it reads ${name} of ${typeName(type)}, which is not supported`,
      'Export it as float32, int64 or bool.',
    )
  if (value || name === '') return value
  throw refuse(
    `it reads ${name}, which no operator before it gives`,
    'Further outputs of operators, such as the mask of a dropout, are not supported; else the file is damaged.',
  )
}

function inferNode(node: OnnxNode, inputs: Operands, refuse: Refuse): Inferred {
  const { infer: inferred, compute } = operators[node.operator] ?? {}
  try {
    if (Object.values(node.attributes).some(({ isGraph }) => isGraph))
      throw new GraphProblem('control flow', 'Export a network whose steps do not depend on its input.')
    if (!inferred) throw new GraphProblem('the operator is not supported')
    return computed(withNumbers(inferred(node, inputs)), inputs, compute)
  } catch (error) {
    if (error instanceof GraphProblem) throw refuse(error.message, error.remedy)
    if (error instanceof TypeError || error instanceof RangeError)
      throw refuse('its operands are missing or malformed', 'The file is damaged.')
    throw error
  }
}

/** @throws GraphProblem where settings hold what is no number, as bounds and rates from NaN do. */
function withNumbers(inferred: Inferred): Inferred {
  const wrong = Object.entries(inferred.settings ?? {}).find(([, value]) =>
    [value].flat().some((each) => typeof each === 'number' && !Number.isFinite(each)),
  )
  if (wrong) throw wrongly(`its ${wrong[0]} is ${String(wrong[1])}`, 'finite numbers')
  return inferred
}

/** With numbers, where those of everything that is needed are known. */
function computed(inferred: Inferred, inputs: Operands, compute: Operator['compute']): Inferred {
  const { outputs, settings, operands } = inferred
  const needed = operands ? operands.map((index) => inputs[index]) : inputs
  if (!compute || !needed.every(isKnown) || !outputs.some(isLive)) return inferred
  for (const { shape } of outputs) checkSize(shape)
  const numbers = compute(needed, { settings, outputs })
  return { outputs: outputs.map((output, index) => ({ ...output, known: numbers[index]! })) }
}
