import type { Attribute } from './attribute.ts'
import { variableType } from './attribute.ts'
import type { Backend } from './backend.ts'
import type { Pointer } from './c-api.ts'
import { dataType } from './data-types.ts'
import type { GraphExecutor } from './graph-executor.ts'
import type { Tensor } from './tfjs.ts'

/** A change of resource variables: one operation, the first inputs of which are the handles of `variables`. */
export interface Update {
  operation: string
  attributes: readonly Attribute[]
  variables: readonly string[]
  values: readonly Tensor[]
}

/** Resource variables as inputs of a graph. */
export interface TracedVariables {
  read(name: string): Tensor
  /** Makes one update, after all reads and earlier updates of the same variables. */
  update(update: Update): void
  /** Names of the variables in the graph, in the order of `handles`. */
  names(): readonly string[]
  handles(): readonly number[]
  /** Operations that change variables: they run though no output needs them. */
  updates(): readonly Pointer[]
}

interface Variable {
  handle: number
  /** Id of the value read, if it was. */
  value: number | null
  updates: Pointer[]
}

interface TracedParts {
  graph: GraphExecutor
  backend: Backend
  shape: (name: string) => readonly number[]
}

export function traceVariables({ graph, backend, shape }: TracedParts): TracedVariables {
  const variables = new Map<string, Variable>()

  function variable(name: string): Variable {
    let found = variables.get(name)
    if (!found) {
      shape(name)
      variables.set(name, (found = { handle: graph.placeholder([], dataType.resource), value: null, updates: [] }))
    }
    return found
  }

  return {
    read(name) {
      const target = variable(name)
      const { id, dtype } = graph.executeOp('ReadVariableOp', [variableType], [target.handle], 1)[0]!
      graph.setShape(id, shape(name))
      target.value = id
      return backend.wrap({ id, shape: [...shape(name)], dtype })
    },
    update({ operation, attributes, variables: names, values }) {
      const targets = names.map(variable)
      const inputs = [...targets.map((target) => target.handle), ...values.map(backend.idOf)]
      const after = new Set(targets.flatMap((target) => predecessors(graph, target)))
      const update = graph.executeAfter({ name: operation, attributes, inputs }, [...after])
      for (const target of targets) target.updates.push(update)
    },
    names: () => [...variables.keys()],
    handles: () => Array.from(variables.values(), ({ handle }) => handle),
    updates: () => [...new Set(Array.from(variables.values(), ({ updates }) => updates).flat())],
  }
}

/**
 * What an update of a variable waits for: the read and everything that uses its value, for a change in place needs the
 * buffer to itself (TensorFlow would copy it otherwise), and the updates before.
 */
function predecessors(graph: GraphExecutor, { value, updates }: Variable): Pointer[] {
  return value === null ? updates : [graph.source(value), ...graph.users(value), ...updates]
}
