import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { NetworkSpec } from '../../../shared/network/network.ts'
import { decodeSafetensors, encodeSafetensors, type NamedArray } from '../../../shared/safetensors/safetensors.ts'

const program = fileURLToPath(new URL('../../../../resources/multi_exit.py', import.meta.url))

/**
 * For a network from a file, beside `model.safetensors` in a folder: the weights that the original network has, under its names, and a
 * Python class that puts the heads on it. Returns the names of the files; none for networks of Exitlab's families.
 */
export async function writeOriginal(network: NetworkSpec, folder: string): Promise<string[]> {
  if (network.family !== 'onnx') return []
  const { arraysWithoutHeads } = await import('../../../engine/plan.ts')
  const { arrays } = decodeSafetensors(await readFile(join(folder, 'model.safetensors')))
  const own = arraysWithoutHeads(network).map((name): [string, NamedArray] => [name, arrays[name]!])
  for (const [name, same] of Object.entries((network['tied'] ?? {}) as Record<string, string>))
    own.push([name, arrays[same]!])
  for (const [name, value] of Object.entries((network['counters'] ?? {}) as Record<string, number>))
    own.push([name, { shape: [], values: Int32Array.of(value) }])
  const [weights, python] = ['model_original.safetensors', 'multi_exit.py']
  await writeFile(join(folder, weights), encodeSafetensors(Object.fromEntries(own)), { flush: true })
  await copyFile(program, join(folder, python))
  return [weights, python]
}
