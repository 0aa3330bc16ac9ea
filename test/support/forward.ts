import type { ForwardContext } from '../../src/engine/layers/layer.ts'
import { initialise, type EngineArray, type Network } from '../../src/engine/networks/index.ts'
import { stream } from '../../src/engine/random.ts'
import { tf, type Tensor } from '../../src/engine/tf.ts'

/** A context over plain arrays that remembers what was asked for; all in evaluation mode unless `training` says otherwise. */
export function recordingContext(arrays: Record<string, EngineArray>, options: Partial<ForwardContext> = {}) {
  const asked = new Set<string>()
  const updated = new Map<string, Tensor>()
  const context: ForwardContext = {
    value(name) {
      asked.add(name)
      const { values, shape } = arrays[name]!
      return tf.tensor(values, [...shape])
    },
    training: () => false,
    updateBuffer: (name, value) => updated.set(name, value),
    ...options,
  }
  return { context, asked, updated }
}

/** Parameters of which none stays at an initial value, as trained ones would not; running variances are positive. */
export function randomParameters(network: Network, seed: number): Record<string, EngineArray> {
  const arrays = initialise(network, seed)
  for (const [name, { values }] of Object.entries(arrays)) {
    const source = stream(seed, 'noise', name)
    for (let i = 0; i < values.length; i++)
      values[i] = Math.abs(values[i]! + 0.3 * source.normal()) * sign(name, source.normal())
  }
  return arrays
}

const sign = (name: string, draw: number) => (name.endsWith('running_var') ? 1 : Math.sign(draw))

/** Normally distributed numbers of this shape. */
export function randomTensor(shape: number[], seed: number): Tensor {
  const source = stream(seed, 'tensor')
  const size = shape.reduce((product, length) => product * length, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, () => source.normal()),
    shape,
  )
}
