import { shapeFor, type Graph, type GraphNode, type Settings } from './graph.ts'
import type { Shape } from './shapes.ts'

/** A node with shapes for one sample: what costs and weight matching are derived from. */
export interface NodeView<Own extends Settings = Settings> {
  settings: Own
  /** Numbers of its values; −1: left out. */
  inputs: readonly number[]
  outputs: readonly number[]
  shape(value: number): Shape
  /** Shape of an input. */
  input(index: number): Shape
  /** Shape of an output, the first by default. */
  output(index?: number): Shape
  isArray(value: number): boolean
  /** Array or constant: the same for all samples. */
  isFixed(value: number): boolean
}

/** Views of the nodes of a graph. */
export function nodeViews(graph: Graph): (node: GraphNode) => NodeView {
  const shapes = graph.shapes.map((shape) => shapeFor(shape, 1))
  const arrays = new Set(graph.arrays.map(({ value }) => value))
  const constants = new Set(graph.constants.map(({ value }) => value))
  const shape = (value: number) => shapes[value]!
  return ({ inputs, outputs, settings = {} }) => ({
    settings,
    inputs,
    outputs,
    shape,
    input: (index) => shape(inputs[index]!),
    output: (index = 0) => shape(outputs[index]!),
    isArray: (value) => arrays.has(value),
    isFixed: (value) => arrays.has(value) || constants.has(value),
  })
}
