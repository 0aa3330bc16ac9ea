import { biasAdd, broadcastTo, linear, tf, type Tensor } from '../../../tf.ts'
import { isFixed, type Node } from '../graph/graph.ts'
import { GraphProblem } from '../graph/problem.ts'
import { broadcast, sizeOf } from '../graph/shapes.ts'
import { alongLast } from './along-last.ts'
import { plain } from './call.ts'
import { floatOf, intOf } from './operands.ts'
import { operator, type Operator } from './operator.ts'

/** Those of a linear layer, of which everything but the last axis are rows. */
const operations = ({ inputs: [x], outputs: [y] }: Pick<Node, 'inputs' | 'outputs'>) => {
  const [inputs, features] = [x!.shape.at(-1)!, y!.shape.at(-1)!]
  return [{ kind: 'linear' as const, sizes: { rows: sizeOf(y!.shape.slice(0, -1)), inputs, features } }]
}

/** x [rows, in] · W, W transposed where it is PyTorch's [out, in]; then plus a bias. */
const gemm = operator<{ transposed: number }>({
  infer(node, [x, w, bias]) {
    const scaled = floatOf(node, 'alpha', 1) !== 1 || floatOf(node, 'beta', 1) !== 1 || intOf(node, 'transA', 0) !== 0
    if (scaled) throw new GraphProblem('a product that is scaled or of a transposed first factor')
    const transposed = intOf(node, 'transB', 0)
    const [inputs, features] = transposed ? [w!.shape[1], w!.shape[0]] : [w!.shape[0], w!.shape[1]]
    if (x!.shape.length !== 2 || x!.shape[1] !== inputs) throw new GraphProblem('factors that do not fit')
    if (bias?.shape.toReversed().some((size, axis) => size !== 1 && size !== [features, x!.shape[0]][axis]))
      throw new GraphProblem('a bias that does not fit its product')
    return { outputs: [{ shape: [x!.shape[0]!, features!], type: 'float32' }], settings: { transposed } }
  },
  run(call) {
    const { transposed } = call.settings
    const isBias = call.has(2) && call.inputShape(2).join() === String(call.shape()[1])
    if (transposed && isBias) return plain(linear(call.input(0), call.input(1), call.input(2)))
    const [x, w] = [call.input(0) as tf.Tensor2D, call.input(1) as tf.Tensor2D]
    const product = tf.matMul(x, w, false, transposed === 1)
    return plain(call.has(2) ? tf.add(product, call.input(2)) : product)
  },
  operations,
  join({ inputs: [x, w, bias], outputs: [y], settings: { transposed } }, axes) {
    axes.join(x!, 1, w!, transposed ? 1 : 0)
    axes.join(y!, 1, w!, transposed ? 0 : 1)
    if (bias && bias.shape.length > 0) axes.join(y!, 1, bias, bias.shape.length - 1)
  },
})

/** PyTorch's linear layer on the last axis: x · Wᵀ + b, which the exporter writes as three operators. */
const linearLayer = operator({
  run(call) {
    const [x, w] = [call.input(0), call.input(1)]
    if (call.has(2)) return plain(linear(x, w, call.input(2)))
    const rows = tf.reshape(x, [-1, x.shape.at(-1)!]) as tf.Tensor2D
    return plain(tf.reshape(tf.matMul(rows, w as tf.Tensor2D, false, true), call.shape()))
  },
  operations,
  join({ inputs: [x, w, bias], outputs: [y] }, axes) {
    const last = x!.shape.length - 1
    for (let axis = 0; axis < last; axis++) axes.join(x!, axis, y!, axis)
    axes.join(x!, last, w!, 1)
    axes.join(y!, last, w!, 0)
    if (bias) axes.join(y!, last, bias, 0)
  },
})

/** The bias of a linear layer whose product was taken of fewer rows (building/fewer-rows.ts). */
const bias = operator({ run: (call) => plain(biasAdd(call.input(0), call.input(1))) })

const matMul = operator({
  infer(_node, [x, w]) {
    const [a, b] = [x!.shape, w!.shape]
    if (a.length < 2 || b.length < 2) throw new GraphProblem('a product with a vector')
    if (a.at(-1) !== b.at(-2)) throw new GraphProblem('factors that do not fit')
    const shape = [...broadcast(a.slice(0, -2), b.slice(0, -2)), a.at(-2)!, b.at(-1)!]
    return { outputs: [{ shape, type: 'float32' }] }
  },
  run(call) {
    const [x, w] = [call.input(0), call.input(1)]
    if (w.rank === 2 && x.rank > 2) return plain(alongLast(x, w))
    // tfjs has no gradient of products of which one factor is repeated.
    const batch = call.shape().slice(0, -2)
    const repeated = (factor: Tensor) =>
      factor.shape.slice(0, -2).join() === batch.join()
        ? factor
        : broadcastTo(factor, [...batch, ...factor.shape.slice(-2)])
    return plain(tf.matMul(repeated(x), repeated(w)))
  },
  operations(node) {
    const { inputs: [x, w], outputs: [y] } = node // prettier-ignore
    if (isFixed(w!) && w!.shape.length === 2) return operations(node)
    const [rows, inner, columns] = [y!.shape.at(-2)!, x!.shape.at(-1)!, y!.shape.at(-1)!]
    return [{ kind: 'matrix-product', sizes: { matrices: sizeOf(y!.shape.slice(0, -2)), rows, inner, columns } }]
  },
  join({ inputs: [x, w], outputs: [y] }, axes) {
    const [a, b, c] = [x, w, y].map((value) => value!.shape.length) as [number, number, number]
    axes.join(x!, a - 1, w!, b - 2)
    axes.join(y!, c - 1, w!, b - 1)
    axes.join(y!, c - 2, x!, a - 2)
    for (const factor of [x!, w!]) {
      const { shape } = factor
      for (let axis = 0; axis < shape.length - 2; axis++) {
        const to = axis + c - shape.length
        if (shape[axis] === y!.shape[to]) axes.join(factor, axis, y!, to)
      }
    }
  },
})

export const products: Record<string, Operator> = { Gemm: gemm, MatMul: matMul, Linear: linearLayer, BiasAdd: bias }
