import type { Graph } from './graph.ts'

/** Names of the arrays that convolutions of maps read as their filters, and nothing else does: they are held as the kernels take them. */
export function filtersOf({ nodes, arrays, shapes }: Graph): ReadonlySet<string> {
  const isFilter = (operator: string, index: number, value: number) =>
    operator === 'Conv' && index === 1 && shapes[value]!.length === 4
  const [filters, others] = [new Set<number>(), new Set<number>()]
  for (const { operator, inputs } of nodes) {
    inputs.forEach((value, index) => (isFilter(operator, index, value) ? filters : others).add(value))
  }
  return new Set(arrays.flatMap(({ name, value }) => (filters.has(value) && !others.has(value) ? [name] : [])))
}
