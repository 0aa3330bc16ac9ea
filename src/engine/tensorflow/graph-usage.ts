import type { Pointer } from './c-api.ts'

/** Which operations read which tensors of a graph. */
export interface Usage {
  /** Notes that `operation`, called `name`, takes `inputs` and gives `outputs`. */
  record(use: Use): void
  /** Operations that read the buffer of a tensor, through any chain of operations that only rename it. */
  users(id: number): Pointer[]
}

interface Use {
  name: string
  operation: Pointer
  inputs: readonly number[]
  outputs: readonly number[]
}

/** Operations whose output shares the buffer of their first input. */
const aliasing = new Set(['Reshape', 'Identity', 'ExpandDims', 'Squeeze', 'StopGradient'])

export function createUsage(): Usage {
  /** By id: the operations that use the tensor, and the tensor that reuses its buffer, if any. */
  const consumers = new Map<number, { operation: Pointer; alias: number | null }[]>()

  function users(id: number): Pointer[] {
    return (consumers.get(id) ?? []).flatMap(({ operation, alias }) =>
      alias === null ? [operation] : [operation, ...users(alias)],
    )
  }

  return {
    record({ name, operation, inputs, outputs }) {
      for (const [position, id] of inputs.entries()) {
        const alias = position === 0 && aliasing.has(name) ? (outputs[0] ?? null) : null
        const known = consumers.get(id)
        if (known) known.push({ operation, alias })
        else consumers.set(id, [{ operation, alias }])
      }
    },
    users,
  }
}
