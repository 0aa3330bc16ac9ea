import { dirname, join } from 'node:path'
import { ExitlabError } from '../../shared/basics/error.ts'
import { indexSafetensors } from '../../shared/safetensors/safetensors-index.ts'
import { readHashedFile } from '../hashed-file.ts'
import { readRegularFile } from '../regular-file.ts'
import { safetensorsTypes } from './element-types.ts'
import { isOnnxFile, readOnnxArrays } from './onnx-file.ts'
import { storedArray, type StoredArray } from './stored-array.ts'
import { isTorchFile, readTorchFile } from './torch-file.ts'

/** A file of weights, read whole. */
export interface WeightContent {
  sha256: string
  arrays: Record<string, StoredArray>
}

/**
 * Reads a file of weights: safetensors, ONNX, or a file by `torch.save` (.pth, .pt, .bin), recognised by its first bytes.
 * @throws ExitlabError `data`, naming the file, if it is none of these, damaged, larger than memory, or contains more than tensors.
 */
export async function readWeights(path: string): Promise<WeightContent> {
  const refusal = refusalOf(path)
  const { bytes, sha256 } = await readHashedFile(path, refusal)
  if (isTorchFile(bytes)) return { sha256, arrays: readTorchFile(bytes, refusal) }
  if (isOnnxFile(bytes)) return { sha256, arrays: readOnnxArrays(bytes, path) }
  return { sha256, arrays: readSafetensors(bytes, refusal) }
}

type Refusal = (what: string) => ExitlabError

const refusalOf =
  (path: string): Refusal =>
  (what) =>
    new ExitlabError('data', `The file of weights ${path} ${what}.`)

function readSafetensors(bytes: Buffer, refusal: Refusal): WeightContent['arrays'] {
  const { entries } = indexSafetensors(bytes, (problem) =>
    refusal(`is neither whole safetensors nor a file that torch.save has written: ${problem}`),
  )
  const arrays = entries.map(({ name, dtype, shape, start, end }) => {
    const type = safetensorsTypes.get(dtype)
    const array = type
      ? storedArray({ type, shape, bytes: bytes.subarray(start, end) })
      : { shape, type: dtype, values: null }
    return [name, array] as const
  })
  return Object.fromEntries(arrays)
}

/** Bytes of a description of a network; those that are written have some thousands. */
const largestDescription = 2 ** 24

/** The network that an export describes beside its weights; null without such a description. */
export async function networkBeside(path: string): Promise<unknown> {
  const file = join(dirname(path), 'network.json')
  try {
    return JSON.parse((await readRegularFile(file, largestDescription)).toString()) as unknown
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    const { message } = error as Error
    throw refusalOf(path)(
      `lies beside a network.json that cannot be read (${message}); move it away or export the run again`,
    )
  }
}
