import { ExitlabError } from '../../shared/basics/error.ts'
import type { ParameterSpec } from './layer.ts'

/** Shape of a parameter on disk, which is PyTorch's: convolutions [out, in, height, width]. */
export function diskShape(parameter: ParameterSpec): number[] {
  if (parameter.layout === 'plain') return [...parameter.shape]
  const [height, width, inputs, outputs] = parameter.shape as [number, number, number, number]
  return [outputs, inputs, height, width]
}

/** A parameter's values, given in the engine's layout, as they are stored (OIHW for convolutions). */
export function toDiskLayout(
  parameter: ParameterSpec,
  values: Float32Array,
): { shape: readonly number[]; values: Float32Array } {
  const shape = diskShape(parameter)
  if (parameter.layout === 'plain') return { shape, values }
  const [outputs, inputs, height, width] = shape as [number, number, number, number]
  return { shape, values: transposed(values, height * width, inputs, outputs) }
}

/**
 * A stored array (OIHW for convolutions) as values in the engine's layout.
 * Throws `checkpoint-damaged` where its shape is not the parameter's.
 */
export function fromDiskLayout(
  parameter: ParameterSpec,
  stored: { shape: readonly number[]; values: Float32Array },
): Float32Array {
  const expected = diskShape(parameter)
  if (stored.shape.join() !== expected.join()) {
    throw new ExitlabError(
      'checkpoint-damaged',
      `${parameter.name}: expected shape [${expected.join(', ')}], got [${stored.shape.join(', ')}]; the checkpoint belongs to another network`,
    )
  }
  if (parameter.layout === 'plain') return stored.values
  const [outputs, inputs, height, width] = expected as [number, number, number, number]
  return transposed(stored.values, outputs, inputs, height * width)
}

/** [a, b, c] → [c, b, a]: with height · width taken as one axis, both OIHW → HWIO and back. */
function transposed(values: Float32Array, a: number, b: number, c: number): Float32Array {
  const result = new Float32Array(values.length)
  for (let i = 0, from = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      for (let k = 0; k < c; k++) result[(k * b + j) * a + i] = values[from++]!
    }
  }
  return result
}
