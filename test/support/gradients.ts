import { toDiskLayout } from '../../src/engine/layers/layout.ts'
import type { EngineArray, Network } from '../../src/engine/networks/index.ts'
import { createState, tf, traced, type StateScope, type Tensor, type TensorRecord } from '../../src/engine/tf.ts'

type Mode = 'evaluation' | 'training'

/** Logits, running statistics after the pass, and gradients of the mean cross-entropy with classes 0, 1, 2, 3. */
function step(network: Network, mode: Mode) {
  const trained = network.parameters.filter(({ kind }) => kind === 'parameter')
  return (inputs: TensorRecord, scope: StateScope): TensorRecord => {
    const results: Record<string, Tensor> = {}
    const context = {
      value: (name: string) => scope.value(name),
      training: () => mode === 'training',
      updateBuffer: (name: string, value: Tensor) => void (results[`after.${name}`] = tf.keep(value)),
    }
    const gradients = tf.grads(() => {
      const logits = tf.keep(network.forward(context, inputs).at(-1)!)
      results['logits'] = logits
      const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 3], 'int32'), logits.shape[1]!)
      return tf.losses.softmaxCrossEntropy(labels, logits)
    })(trained.map(({ name }) => scope.value(name)))
    trained.forEach(({ name }, index) => (results[`gradient.${name}`] = gradients[index]!))
    return results
  }
}

/** What a network computes of four samples, in PyTorch's layouts: `logits`, `gradient.NAME`, in training mode `after.NAME`. */
export async function gradientsOf(
  network: Network,
  arrays: Readonly<Record<string, EngineArray>>,
  { inputs, mode }: { inputs: TensorRecord; mode: Mode },
): Promise<Record<string, Float32Array>> {
  const state = createState(arrays)
  const tensors = await traced('step', step(network, mode)).run(inputs, state)
  const layouts = new Map(network.parameters.map((parameter) => [`gradient.${parameter.name}`, parameter]))
  const found: Record<string, Float32Array> = {}
  for (const [key, tensor] of Object.entries(tensors)) {
    const own = (await tensor.data()) as Float32Array
    const parameter = layouts.get(key)
    found[key] = parameter ? toDiskLayout(parameter, own).values : own
  }
  tf.dispose([...Object.values(inputs), ...Object.values(tensors)])
  state.dispose()
  return found
}
