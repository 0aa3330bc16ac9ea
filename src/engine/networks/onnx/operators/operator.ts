import type { OnnxNode } from '../../../../shared/onnx-file/model.ts'
import type { Operation } from '../../../layers/operations.ts'
import type { ElementName, GraphValue, Node, Settings, Value } from '../graph/graph.ts'
import type { Shape } from '../graph/shapes.ts'
import type { AxisVariables } from '../matching/axis-variables.ts'
import type { Call, Placed } from './call.ts'
import type { Known } from './known.ts'

/** What a node is given, in its order; undefined where it is left out. */
export type Operands = readonly (Value | undefined)[]

/** What a node gives for one number of samples. */
export interface Inferred {
  outputs: Value[]
  /** Everything that it depends on besides its operands, with nothing left open. */
  settings?: Settings
  /** The inputs that it needs when it runs; default: all of them. The others have become settings. */
  operands?: readonly number[]
}

/** A result whose numbers are known before anything runs. */
export const knownResult = (shape: Shape, type: ElementName, known: ArrayLike<number>): Inferred => ({
  outputs: [{ shape, type, known }],
})

export type Sized = {
  [Kind in Operation['kind']]: Omit<Extract<Operation, { kind: Kind }>, 'module'>
}[Operation['kind']]

/**
 * An operator of ONNX, or one that patterns make of several: a description with six readers, as a layer has them (layers/layer.ts),
 * so that shapes, computation, costs and weight matching cannot disagree.
 */
export interface Operator<Own extends Settings | undefined = Settings | undefined> {
  /** Shapes of the outputs. Absent for what only patterns make. @throws GraphProblem */
  infer?(node: OnnxNode, inputs: Operands): Inferred
  /** Numbers of each output where those of all operands are known before anything runs. Absent: it is left to run. */
  compute?(operands: readonly Known[], given: { settings: Own; outputs: readonly Value[] }): ArrayLike<number>[]
  /** Absent where outputs are always known before anything runs. */
  run?(call: Call<Own>): Placed[]
  /** Counted operations of one sample; default: none. */
  operations?(node: Node<GraphValue, Own>): Sized[]
  /**
   * Whether a node only moves the rows of its last axis, leaves some out or has zeros for some: a product along that axis may then
   * come before or behind it. Default: no.
   */
  movesRows?(node: Node<GraphValue, Own>): boolean
  /** How hidden units of operands and outputs belong together; default: as arrays that broadcast. */
  join?(node: Node<GraphValue, Own>, axes: AxisVariables): void
}

/** An operator whose settings are of this type: `infer` makes them, the other readers read them. */
export const operator = <Own extends Settings | undefined = undefined>(definition: Operator<Own>): Operator =>
  definition as unknown as Operator
