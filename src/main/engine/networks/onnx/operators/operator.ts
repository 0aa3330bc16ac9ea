import type { OnnxNode } from '../../../../onnx-file/model.ts'
import type { Operation } from '../../../layers/operations.ts'
import type { Settings } from '../graph.ts'
import type { Call, Placed } from '../call.ts'
import type { NodeView } from '../node-view.ts'
import type { AxisJoins } from '../axis-joins.ts'
import type { Known } from '../known.ts'
import type { ElementName, Value } from '../value.ts'

/** What a node gives for one number of samples. */
export interface Inferred {
  outputs: Value[]
  /** Everything that it depends on besides its operands, with nothing left open. */
  settings?: Settings
  /** The inputs that it needs when it runs; default: all of them. The others have become settings. */
  operands?: readonly number[]
}

/** A result whose numbers are known before anything runs. */
export const knownResult = ({ shape, data }: Known, type: ElementName): Inferred => ({
  outputs: [{ shape, type, known: data }],
})

type Sized = { [Kind in Operation['kind']]: Omit<Extract<Operation, { kind: Kind }>, 'module'> }[Operation['kind']]

/**
 * An operator of ONNX, or one that patterns make of several: a description with four readers, as a layer has them (layers/layer.ts),
 * so that shapes, computation, costs and weight matching cannot disagree.
 */
export interface Operator<Own extends Settings = Settings> {
  /** Shapes of the outputs, and their numbers where they are known. Absent for what only patterns make. @throws GraphProblem */
  infer?(node: OnnxNode, inputs: readonly (Value | undefined)[]): Inferred
  /** Absent where outputs are always known before anything runs. */
  run?(call: Call<Own>): Placed[]
  /** Counted operations of one sample; default: none. */
  operations?(view: NodeView<Own>): Sized[]
  /** How hidden units of operands and outputs belong together; default: as arrays that broadcast. */
  join?(view: NodeView<Own>, joins: AxisJoins): void
}

/** An operator whose settings are of this type: `infer` makes them, the other readers read them. */
export const operator = <Own extends Settings = Settings>(definition: Operator<Own>): Operator =>
  definition as unknown as Operator
