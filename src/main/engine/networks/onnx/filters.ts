import type { Graph } from './graph.ts'

/** Names of the arrays that convolutions read as their filters, and nothing else does: they are held as the kernels take them. */
export function filtersOf({ nodes, arrays }: Graph): ReadonlySet<string> {
  const [filters, others] = [new Set<number>(), new Set<number>()]
  for (const { operator, inputs } of nodes) {
    inputs.forEach((value, index) => (operator === 'Conv' && index === 1 ? filters : others).add(value))
  }
  return new Set(arrays.flatMap(({ name, value }) => (filters.has(value) && !others.has(value) ? [name] : [])))
}
