import { dropoutSeed } from '../../../layers/dropout.ts'
import type { Tensor } from '../../../tf.ts'
import type { GraphValue, Node, Settings } from '../graph/graph.ts'
import type { Layout, ValueTable } from './value-table.ts'

/** An output and how it lies. */
export interface Placed {
  tensor: Tensor
  layout: Layout
}

export const plain = (tensor: Tensor): Placed[] => [{ tensor, layout: 'plain' }]
export const map = (tensor: Tensor): Placed[] => [{ tensor, layout: 'map' }]

/** What is computed of each entry of the operands, in the layout that these have. */
export function onEntries(call: Call, compute: (x: Tensor, ...others: Tensor[]) => Tensor): Placed[] {
  const { layout } = call
  const [x, ...others] = call.inputs(layout)
  return [{ tensor: compute(x!, ...others), layout }]
}

/** A node while it runs. */
export class Call<Own extends Settings | undefined = Settings | undefined> {
  readonly settings: Own
  readonly table: ValueTable
  readonly #node: Node
  readonly #owner: string | null

  /** `owner`: an array of the part that the node belongs to: it is in training mode while that part trains. */
  constructor(node: Node, table: ValueTable, owner: string | null) {
    this.#node = node
    this.table = table
    this.#owner = owner
    this.settings = node.settings as Own
  }

  has(input: number): boolean {
    return this.#node.inputs[input] !== undefined
  }

  value(input: number): GraphValue {
    return this.#node.inputs[input]!
  }

  inputs(layout: Layout): Tensor[] {
    return this.#node.inputs.map((value) => this.table.get(value!, layout))
  }

  input(index: number, layout: Layout = 'plain'): Tensor {
    return this.table.get(this.value(index), layout)
  }

  inputShape(index: number): number[] {
    return this.table.shape(this.value(index))
  }

  shape(output = 0): number[] {
    return this.table.shape(this.#node.outputs[output]!)
  }

  get shapes(): number[][] {
    return this.#node.outputs.map((output) => this.table.shape(output))
  }

  isMap(input: number): boolean {
    return this.table.isMap(this.value(input))
  }

  layoutOf(input: number): Layout {
    return this.isMap(input) ? 'map' : 'plain'
  }

  /** The layout of an operation that works on entries: that of a map where one is an operand. */
  get layout(): Layout {
    if (this.shape().length !== 4) return 'plain'
    return this.#node.inputs.some((value) => value && this.table.isMap(value)) ? 'map' : 'plain'
  }

  get isTraining(): boolean {
    return this.#owner !== null && this.table.context.training(this.#owner)
  }

  /** Of its own random numbers in this step. */
  get seed(): Tensor {
    return dropoutSeed(this.table.context, `onnx.${this.#node.outputs[0]!.id}`)
  }
}
