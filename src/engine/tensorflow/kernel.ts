import { openRuntime } from './runtime.ts'
import type { Tensor } from './tfjs.ts'
import { tf } from './tfjs.ts'

/**
 * An operation with a hand-written gradient. Inputs, outputs and gradients are in the order of the arguments; optional inputs may be
 * undefined.
 */
interface KernelDefinition<Attributes extends object> {
  name: string
  forward(inputs: (Tensor | undefined)[], attributes: Attributes): Tensor[]
  /** Which inputs and outputs the gradient needs; it gets inputs first. Everything else can be freed. */
  saves: { inputs: readonly number[]; outputs: readonly number[] }
  /** Gradients with respect to the inputs; null where one is not differentiable (indices, targets). */
  gradient(outputGradients: Tensor[], saved: Tensor[], attributes: Attributes): (Tensor | null)[]
  inputCount: number
  outputCount: number
}

/** Whether TensorFlow computes on a GPU. */
export function isOnGpu(): boolean {
  return openRuntime().device.kind === 'gpu'
}

/** Whether TensorFlow computes in mixed precision. */
export function isMixed(): boolean {
  return openRuntime().binding.precision === 'bfloat16'
}

/** Whether operations are recorded for other programs. */
export function isRecorded(): boolean {
  return openRuntime().binding.isRecording === true
}

/**
 * Registers a kernel with tfjs, whose tape then stores only the tensors that `saves` names, no intermediate ones.
 * Returns the function that runs it.
 */
export function defineKernel<Attributes extends object = Record<never, never>>(
  definition: KernelDefinition<Attributes>,
): (inputs: readonly (Tensor | undefined)[], attributes: Attributes) => Tensor[] {
  const { name, saves, inputCount, outputCount } = definition
  const kernelName = `Exitlab${name}`
  const inputNames = Array.from({ length: inputCount }, (_, index) => `input${index}`)
  tf.registerKernel({
    kernelName,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const ordered = inputNames.map((input) => inputs[input] as Tensor | undefined)
      return tf.tidy(() => definition.forward(ordered, attrs as unknown as Attributes))
    },
  })
  tf.registerGradient({
    kernelName,
    inputsToSave: saves.inputs.map((index) => inputNames[index]!),
    outputsToSave: Array.from({ length: outputCount }, (_, index) => saves.outputs.includes(index)),
    gradFunc: (outputGradients, saved, attrs) => {
      // All gradients at once and not in the closures: tfjs runs each closure in its own scope and would repeat shared computations.
      const gradients = tf.tidy(
        () => definition.gradient([outputGradients].flat(), saved, attrs as unknown as Attributes) as Tensor[],
      )
      const entries = inputNames.flatMap((input, index) => {
        const gradient = gradients[index]
        return gradient ? [[input, () => gradient] as const] : []
      })
      return Object.fromEntries(entries)
    },
  })
  return (inputs, attributes) => {
    const given = inputs.flatMap((input, index) => (input ? [[inputNames[index]!, input] as const] : []))
    const named = Object.fromEntries(given)
    return [tf.engine().runKernel(kernelName, named, attributes as unknown as tf.NamedAttrMap)].flat() as Tensor[]
  }
}
