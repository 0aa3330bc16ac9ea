import { variableType } from './attribute.ts'
import { adamUpdates } from './resource-adam.ts'
import type { StateScope } from './state.ts'
import type { Tensor } from './tfjs.ts'
import { tf } from './tfjs.ts'
import type { TracedVariables, Update } from './traced-variables.ts'

/** A scope with pending updates. */
interface OpenScope extends StateScope {
  /** Makes the updates and lets go of the values handed out. */
  finish(): void
  /** Lets go of the values handed out, after an error. */
  abandon(): void
}

/** A traced body's view of resource variables. Updates are made at the end, so that values are those of its start. */
export function openResourceScope(variables: TracedVariables): OpenScope {
  const reads = new Map<string, Tensor>()
  const scalars = new Map<string, Tensor>()
  const kept: Tensor[] = []
  const updates: Update[] = []

  /** Keeps a tensor until the end of the call, in whichever scope it was created. */
  function keep(tensor: Tensor): Tensor {
    kept.push(tf.keep(tensor))
    return tensor
  }

  function value(name: string): Tensor {
    let found = reads.get(name)
    if (!found) reads.set(name, (found = keep(variables.read(name))))
    return found
  }

  function scalar(key: string, make: () => Tensor): Tensor {
    let found = scalars.get(key)
    if (!found) scalars.set(key, (found = keep(tf.tidy(make))))
    return found
  }

  function later(update: Update): void {
    updates.push({ ...update, values: update.values.map((each) => keep(each.clone())) })
  }

  function abandon(): void {
    for (const tensor of kept) tensor.dispose()
    kept.length = 0
  }

  return {
    value,
    assign(name, next) {
      later({ operation: 'AssignVariableOp', attributes: [variableType], variables: [name], values: [next] })
    },
    adam(names, gradient, options) {
      for (const update of adamUpdates(names, { gradient, options, value, scalar })) later(update)
    },
    finish() {
      for (const update of updates) variables.update(update)
      abandon()
    },
    abandon,
  }
}
