import { readFileSync } from 'node:fs'
import { createNetwork } from '../../src/engine/networks/index.ts'
import { readOnnx } from '../../src/shared/onnx-file/read-model.ts'
import { decodeSafetensors } from '../../src/shared/safetensors/safetensors.ts'
import { gradientsOf } from '../../test/support/gradients.ts'
import { described, networkOf, onnxSpec, referenceInputs } from '../../test/support/onnx-fixtures.ts'
import { openWithThreads } from '../bench/open-tensorflow.ts'

openWithThreads(1)

interface Tried {
  /** Blocks; behind all but the last an exit can sit. */
  blocks: number
  /** Of the logits, relative to the largest. */
  error: number
  /** Why it is not taken; null: it is. */
  why: string | null
}

/** Reads a network, and computes logits and gradients of the four samples that PyTorch has computed logits of. */
export async function tried(bytes: Uint8Array, reference: string): Promise<Tried> {
  try {
    const model = readOnnx(bytes, 'network.onnx')
    const blocks = described(model).file.sites.length
    const { network, arrays } = networkOf(model)
    createNetwork(onnxSpec(model, { exits: Array.from({ length: blocks - 1 }, (_, exit) => exit) }))
    const expected = decodeSafetensors(readFileSync(reference), reference).arrays
    const compute = (mode: 'evaluation' | 'training') =>
      gradientsOf(network, arrays, { inputs: referenceInputs(expected), mode })
    const { logits } = await compute('evaluation')
    const gradients = Object.entries(await compute('training')).filter(([name]) => name.startsWith('gradient.'))
    const lost = gradients.find(([, values]) => !values.every(Number.isFinite))
    const error = gap(logits!, expected.logits!.values as Float32Array)
    return { blocks, error, why: lost === undefined ? null : `${lost[0]} is not finite` }
  } catch (error) {
    return { blocks: 0, error: NaN, why: (error as Error).message.replaceAll('\n', ' ') }
  }
}

function gap(own: Float32Array, theirs: Float32Array): number {
  const largest = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return own.reduce((most, value, at) => Math.max(most, Math.abs(value - theirs[at]!)), 0) / largest
}
