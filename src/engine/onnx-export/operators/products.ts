import type { OperationView } from '../operation-view.ts'
import { int, ints, upTo, type Operator } from './operator.ts'

/** Products of matrices, and what is added to them. */
export const products: Readonly<Record<string, Operator>> = {
  BiasAdd: biasAdd,
  MatMul(operation) {
    const [a, b] = ['transpose_a', 'transpose_b'].map((name) => operation.attribute<boolean>(name))
    const transposed = { transA: int(Number(a)), transB: int(Number(b)) }
    operation.give(operation.builder.emit('Gemm', [operation.input(0), operation.input(1)], transposed))
  },
  BatchMatMulV2(operation) {
    const matrices = ['adj_x', 'adj_y'].map((name, input) =>
      operation.attribute<boolean>(name) ? lastTwoSwapped(operation, input) : operation.input(input),
    )
    operation.give(operation.builder.emit('MatMul', matrices))
  },
}

/** As an input of the convolution or matrix product before it, where there is one. */
function biasAdd(operation: OperationView): void {
  const { builder } = operation
  const layout = operation.commonLayout()
  const x = operation.input(0, layout)
  const source = builder.source(x)
  if (source && ['Conv', 'Gemm'].includes(source.type) && source.inputs.length === 2 && operation.isReadOnce(0)) {
    source.inputs.push(operation.input(1))
    return operation.give(x, layout)
  }
  operation.give(builder.emit('Add', [x, operation.input(1, layout)]), layout)
}

function lastTwoSwapped(operation: OperationView, input: number): string {
  const rank = operation.value(input).shape.length
  const perm = ints([...upTo(rank - 2), rank - 1, rank - 2])
  return operation.builder.emit('Transpose', [operation.input(input)], { perm })
}
