import { attribute, variableType } from './attribute.ts'
import { dataType } from './data-types.ts'
import { runExclusively } from './exclusive.ts'
import { openRuntime, type Runtime } from './runtime.ts'
import type { StateValues } from './state-values.ts'
import { checkSize, entryOf, signatureOf } from './state-values.ts'
import type { OpenState } from './state.ts'

/** Shared name of a variable that TensorFlow deletes with its handle. */
const anonymous = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347'

interface Variable {
  handle: number
  shape: readonly number[]
}

/** Puts named arrays into TensorFlow's resource variables. The caller disposes of the state. */
export function createState(initial: StateValues): OpenState {
  for (const [name, { shape, values }] of Object.entries(initial)) checkSize(name, shape, values)
  const runtime = openRuntime()
  const { eager } = runtime
  const variables = new Map<string, Variable>()
  const handle = (name: string) => entryOf(variables, name).handle

  function write(name: string, values: Float32Array): void {
    const variable = entryOf(variables, name)
    checkSize(name, variable.shape, values)
    assign(runtime, variable, values)
  }

  function dispose(): void {
    for (const variable of variables.values()) eager.deleteTensor(variable.handle)
    variables.clear()
  }

  try {
    for (const [name, { shape, values }] of Object.entries(initial)) {
      variables.set(name, { handle: newVariable(runtime, shape), shape: [...shape] })
      write(name, values)
    }
  } catch (error) {
    dispose()
    throw error
  }

  return {
    names: Object.keys(initial),
    signature: signatureOf(initial),
    shape: (name) => entryOf(variables, name).shape,
    read: (name) => runExclusively(async () => readVariable(runtime, handle(name))),
    write,
    handle,
    dispose,
  }
}

function newVariable({ eager }: Runtime, shape: readonly number[]): number {
  const attributes = [variableType, attribute.shape('shape', [...shape]), attribute.string('shared_name', anonymous)]
  return eager.executeOp('VarHandleOp', attributes, [], 1)[0]!.id
}

function assign({ eager }: Runtime, { handle, shape }: Variable, values: Float32Array): void {
  const value = eager.createTensor(shape, dataType.float32, values)
  try {
    eager.executeOp('AssignVariableOp', [variableType], [handle, value], 0)
  } finally {
    eager.deleteTensor(value)
  }
}

function readVariable({ eager }: Runtime, handle: number): Float32Array {
  const { id } = eager.executeOp('ReadVariableOp', [variableType], [handle], 1)[0]!
  try {
    return eager.tensorDataSync(id) as Float32Array
  } finally {
    eager.deleteTensor(id)
  }
}
