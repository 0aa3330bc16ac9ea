import type { Features } from '../../layers/layer.ts'
import { tf, type Tensor } from '../../tf.ts'
import type { Parts } from './graph-parts.ts'
import type { Running } from './run-stage.ts'

/** The inputs of a network as its graph takes them. */
export function givenInputs({ spec, graph: { inputs } }: Parts, given: Features): Running['given'] {
  if (spec.takes !== 'text') return [[inputs[0]!.value, repeated(given['images']!, spec.repeat), 'map']]
  return inputs.map(({ name, value, type }) => [
    value,
    tf.cast(lengthened(given[name]!, spec.maxLength), type),
    'plain',
  ])
}

const repeated = (images: Tensor, times = 1) => (times === 1 ? images : tf.concat(Array<Tensor>(times).fill(images), 3))

/** The graph is of one length: shorter texts are padded to it. */
function lengthened(tokens: Tensor, length: number): Tensor {
  const missing = length - tokens.shape[1]!
  return missing === 0 ? tokens : tf.pad(tokens, [[0, 0], [0, missing]]) // prettier-ignore
}
