import { parentsFirst } from '../../depot/parents-first.ts'

/** A phase to be submitted; its parent too, or null where the parent is trained already or there is none. */
export interface PlannedTask {
  id: string
  parent: string | null
}

/** A task of an array that was submitted: the array's job and its index in it. */
export interface TaskPlace {
  array: string
  index: number
}

export interface PlannedArray {
  /** Phases by their index. */
  tasks: Map<number, string>
  /** The array, planned or submitted, of their parents, each at the same index; null for phases that need not wait. */
  after: PlannedArray | string | null
}

/**
 * Arrays of jobs, in an order in which they can be submitted. Phases that need not wait fill arrays up to `size`; a phase that waits
 * for a parent has the parent's index in an array behind the parent's, so that task i starts when task i of the other is done
 * (`--dependency=aftercorr`), and no level waits for the slowest task of the one before. Further children of one parent go into
 * further arrays.
 */
export function planArrays(
  phases: readonly PlannedTask[],
  { size, submitted }: { size: number; submitted: ReadonlyMap<string, TaskPlace> },
): PlannedArray[] {
  const arrays: PlannedArray[] = []
  const places = new Map<string, { array: PlannedArray | string; index: number }>(submitted)
  const put = (id: string, array: PlannedArray, index: number) => {
    if (array.tasks.size === 0) arrays.push(array)
    array.tasks.set(index, id)
    places.set(id, { array, index })
  }
  let first: PlannedArray | null = null
  for (const { id, parent } of parentsFirst(phases)) {
    const before = parent === null ? undefined : places.get(parent)
    if (before === undefined) {
      if (first === null || first.tasks.size === size) first = { tasks: new Map(), after: null }
      put(id, first, first.tasks.size)
      continue
    }
    const free = arrays.find(({ after, tasks }) => after === before.array && !tasks.has(before.index))
    put(id, free ?? { tasks: new Map(), after: before.array }, before.index)
  }
  return arrays
}
