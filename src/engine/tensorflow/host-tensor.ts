import { ExitlabError } from '../../shared/basics/error.ts'
import type { CApi, Pointer } from './c-api.ts'
import { fromBytes, toBytes } from './data-types.ts'

/** A TF_Tensor that holds a copy of `values`. The caller deletes it. */
export function newHostTensor(
  api: CApi,
  shape: readonly number[],
  dtype: number,
  values: ArrayLike<number> | ArrayBufferView,
): Pointer {
  const bytes = toBytes(values, dtype)
  const tensor = api.TF_AllocateTensor(dtype, BigInt64Array.from(shape, BigInt), shape.length, bytes.length)
  if (!tensor) {
    throw new ExitlabError(
      'engine',
      `TensorFlow has no ${bytes.length} bytes for a tensor of shape [${shape}]: choose a smaller batch size`,
    )
  }
  if (bytes.length > 0) api.memmove(api.TF_TensorData(tensor), bytes, bytes.length)
  return tensor
}

/** A copy of a TF_Tensor's values. */
export function readHostTensor(api: CApi, tensor: Pointer, dtype: number) {
  const bytes = new Uint8Array(api.TF_TensorByteSize(tensor))
  if (bytes.length > 0) api.memmove(bytes, api.TF_TensorData(tensor), bytes.length)
  return fromBytes(bytes, dtype)
}
