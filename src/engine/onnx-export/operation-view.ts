import { ExitlabError } from '../../shared/basics/error.ts'
import type { RecordedOperation } from '../tf.ts'
import type { BatchedGraph, BatchedValue } from './batched.ts'
import type { Builder, Layout } from './builder.ts'

/** One of TensorFlow's operations, as its translation reads it. */
export interface OperationView {
  builder: Builder
  name: string
  count: number
  /** Its first output. */
  result: BatchedValue
  id(input: number): number
  value(input: number): BatchedValue
  /** Name of an input in a layout. */
  input(input: number, layout?: Layout): string
  /** Numbers of an input that are known; null where one depends on the number of samples. */
  sizes(input: number): (number | null)[]
  /** The same where none may. */
  numbers(input: number): number[]
  attribute<T>(name: string): T
  /** `channels-first` where an input is held so and the others can be. */
  commonLayout(): Layout
  /** Whether nothing else reads an input. */
  isReadOnce(input: number): boolean
  give(name: string, layout?: Layout, output?: number): void
  refuse(reason: string): never
}

export function viewOf(operation: RecordedOperation, graph: BatchedGraph, builder: Builder): OperationView {
  const { name, attributes, inputs, outputs } = operation
  const value = (input: number) => graph.values[inputs[input]!]!

  function refuse(reason: string): never {
    throw new ExitlabError('usage', `TensorFlow's operation ${name} cannot be written as ONNX: ${reason}.`)
  }

  function sizes(input: number) {
    const { values, isFixed } = value(input)
    if (values === null) return refuse(`its input ${input} depends on the samples`)
    return Array.from(values, (each, index) => (isFixed(index) ? each : null))
  }

  return {
    builder,
    name,
    count: inputs.length,
    result: graph.values[outputs[0]!]!,
    id: (input) => inputs[input]!,
    value,
    input: (input, layout = 'plain') => builder.name(inputs[input]!, layout),
    sizes,
    numbers(input) {
      const found = sizes(input)
      return found.includes(null) ? refuse(`its input ${input} depends on the number of samples`) : (found as number[])
    },
    attribute: (wanted) => attributes.find((each) => each.name === wanted)!.value as never,
    commonLayout() {
      const isMap = (id: number) => graph.values[id]!.shape.length === 4
      const canBe = inputs.every((id) => graph.values[id]!.values !== null || isMap(id))
      const isHeld = inputs.some((id) => graph.values[id]!.values === null && builder.isHeld(id, 'channels-first'))
      return canBe && isHeld ? 'channels-first' : 'plain'
    },
    isReadOnce: (input) =>
      graph.operations.flatMap((each) => each.inputs).filter((id) => id === inputs[input]).length === 1 &&
      !Object.values(graph.outputs).includes(inputs[input]!),
    give: (as, layout = 'plain', output = 0) => builder.hold(outputs[output]!, as, layout),
    refuse,
  }
}
