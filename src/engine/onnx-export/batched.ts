import type { RecordedOperation, RecordedValue, Recording } from '../tf.ts'

/** A value of a computation on any number of samples. */
export interface BatchedValue {
  /** A size that depends on the number of samples is null. */
  shape: readonly (number | null)[]
  /** Null for what is computed from inputs. Of a shape that depends on the number of samples, those of `shownBatch` samples. */
  values: RecordedValue['values']
  /** Whether the value of that index is the same for any number of samples. */
  isFixed(index: number): boolean
}

/** A computation on any number of samples; values are numbered from 0. */
export interface BatchedGraph {
  operations: readonly RecordedOperation[]
  values: readonly BatchedValue[]
  inputs: Readonly<Record<string, number>>
  outputs: Readonly<Record<string, number>>
}

/** TensorFlow records for a given number of samples alone: what differs between these two depends on it. */
const shownBatch = 2
const otherBatch = 3

/** Records a computation for any number of samples. `record` must record the same operations for each. */
export function recordBatched(record: (batch: number) => Recording): BatchedGraph {
  const [shown, other] = [numbered(record(shownBatch)), numbered(record(otherBatch))]
  return { ...shown, values: shown.values.map((value, id) => merged(value, other.values[id]!)) }
}

function numbered({ operations, values, inputs, outputs }: Recording) {
  const places = new Map([...values.keys()].map((id, place) => [id, place]))
  const place = (id: number) => places.get(id)!
  const renamed = (ids: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, place(id)]))
  return {
    operations: operations.map((each) => ({
      ...each,
      inputs: each.inputs.map(place),
      outputs: each.outputs.map(place),
    })),
    values: [...values.values()],
    inputs: renamed(inputs),
    outputs: renamed(outputs),
  }
}

function merged(shown: RecordedValue, other: RecordedValue): BatchedValue {
  return {
    shape: shown.shape.map((size, axis) => (size === other.shape[axis] ? size : null)),
    values: shown.values,
    isFixed: (index) => shown.values![index] === other.values![index],
  }
}

/** Names of the inputs that the outputs of these names are computed from. */
export function inputsOf(graph: BatchedGraph, outputs: readonly string[]): string[] {
  const { needed } = reachable(graph, outputs)
  return Object.keys(graph.inputs).filter((name) => needed.has(graph.inputs[name]!))
}

/** The operations that outputs of these names are computed by, and all values that take part. */
export function reachable(graph: BatchedGraph, outputs: readonly string[]) {
  const needed = new Set(outputs.map((name) => graph.outputs[name]!))
  const operations = graph.operations.toReversed().filter((operation) => {
    if (!operation.outputs.some((id) => needed.has(id))) return false
    for (const id of operation.inputs) needed.add(id)
    return true
  })
  return { operations: operations.toReversed(), needed }
}
