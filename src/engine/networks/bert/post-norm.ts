import { dropout } from '../../layers/dropout.ts'
import { normal, zeros } from '../../layers/initialisers.ts'
import type { ForwardContext, Layer } from '../../layers/layer.ts'
import { layerNorm } from '../../layers/normalisation.ts'
import { elements } from '../../layers/parameter.ts'
import { tf, type Tensor } from '../../tf.ts'

/** Units of the residual stream, which the embeddings begin and every block reads. */
export const units = { group: 'stream' }
export const norm = { units, epsilon: 1e-12 }
/** Of all weights and biases but the heads'. */
export const init = { weight: normal(0.02), bias: zeros }

interface PostNorm extends Pick<Layer, 'parameters' | 'operations'> {
  /** norm(x + drop(change)). */
  apply(context: ForwardContext, x: Tensor, change: Tensor): Tensor
}

/** What a block ends with. `rate`, `owner`: of the dropout. */
export function postNorm(
  name: string,
  shape: readonly number[],
  { rate, owner }: { rate: number; owner: string },
): PostNorm {
  const drop = dropout(name, { shape, rate, owner })
  const normalise = layerNorm(`${name}.norm`, shape, norm)
  return {
    parameters: normalise.parameters,
    operations: [
      ...drop.operations,
      { module: name, kind: 'add', sizes: { elements: elements(shape) } },
      ...normalise.operations,
    ],
    apply: (context, x, change) => normalise.apply(context, tf.add(drop.apply(context, change), x)),
  }
}
