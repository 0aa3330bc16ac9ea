import { ExitlabError } from '../../shared/basics/error.ts'
import { attribute } from './attribute.ts'
import type { CApi, Pointer } from './c-api.ts'
import { loadCApi } from './c-api.ts'
import { dataType } from './data-types.ts'
import { createEagerExecutor, type EagerExecutor } from './eager-executor.ts'
import { createHandles, type Handles } from './handles.ts'
import type { SharedTensorFlow } from './shared-tensorflow.ts'
import { check, withStatus } from './status.ts'

export type { SharedTensorFlow }

/** Rows that are wanted of a JPEG file, over the whole width of its image. */
interface JpegRows {
  top: number
  height: number
  width: number
}

export interface JpegDecoder {
  /**
   * Pixels [height, width, red–green–blue] of rows of a JPEG file, the same bytes as from Pillow; null where TensorFlow does not
   * decode it. The next call writes over them.
   */
  rows(file: Uint8Array, rows: JpegRows): Uint8Array | null
  /** Tensors that TensorFlow holds for it: none between calls, or something leaks. */
  liveHandles(): number
}

/** Larger images are left to others, so that no thread keeps much more memory than it usually needs. */
const mostBytes = 2 ** 26

/** TensorFlow's defaults are a faster, inexact transform and the components that the file has. */
const asPillow = [attribute.int('channels', 3), attribute.string('dct_method', 'INTEGER_ACCURATE')]

/** A decoder of JPEG files for one thread. The libraries are open already: to open them again takes a moment and no memory. */
export function openJpegDecoder({ libraryFolder, context }: SharedTensorFlow): JpegDecoder {
  const api = loadCApi(libraryFolder)
  const handles = createHandles(api)
  const eager = createEagerExecutor({ api, context, handles })
  let pixels = new Uint8Array()
  return {
    rows(file, rows) {
      const size = rows.height * rows.width * 3
      if (size > mostBytes) return null
      if (size > pixels.length) pixels = new Uint8Array(size)
      const wanted = pixels.subarray(0, size)
      return decoded({ api, handles, eager }, { file, rows, pixels: wanted }) ? wanted : null
    },
    liveHandles: handles.count,
  }
}

interface Decoder {
  api: CApi
  handles: Handles
  eager: EagerExecutor
}

/** Writes the pixels; false where TensorFlow refuses the file. Columns are never cropped: those at the border would differ. */
function decoded(
  { api, handles, eager }: Decoder,
  { file, rows: { top, height, width }, pixels }: { file: Uint8Array; rows: JpegRows; pixels: Uint8Array },
): boolean {
  const contents = newString(api, file)
  const used = [handles.add(contents.handle)]
  try {
    used.push(eager.createTensor([4], dataType.int32, Int32Array.of(top, 0, height, width)))
    const [image] = eager.executeOp('DecodeAndCropJpeg', asPillow, used, 1)
    used.push(image!.id)
    return copyPixels(api, handles.get(image!.id), pixels)
  } catch (error) {
    if (error instanceof ExitlabError) return false
    throw error
  } finally {
    contents.clear()
    used.forEach(handles.delete)
  }
}

/** False where they are of another size than the file's header says. */
function copyPixels(api: CApi, handle: Pointer, pixels: Uint8Array): boolean {
  return withStatus(api, (status) => {
    const tensor = api.TFE_TensorHandleResolve(handle, status)
    check(api, status, 'reading an image')
    const fits = api.TF_TensorByteSize(tensor) === pixels.length
    if (fits) api.memmove(pixels, api.TF_TensorData(tensor), pixels.length)
    api.TF_DeleteTensor(tensor)
    return fits
  })
}

/** Of TF_TString. */
const stringBytes = 24

/** A tensor of one string, of which TensorFlow frees all but the content: `clear` does. */
function newString(api: CApi, bytes: Uint8Array): { handle: Pointer; clear(): void } {
  return withStatus(api, (status) => {
    const tensor = api.TF_AllocateTensor(dataType.string, new BigInt64Array(), 0, stringBytes)
    const string = api.TF_TensorData(tensor)
    api.TF_StringInit(string)
    api.TF_StringCopy(string, bytes, bytes.length)
    const handle = api.TFE_NewTensorHandle(tensor, status)
    api.TF_DeleteTensor(tensor)
    check(api, status, 'making a string')
    return { handle, clear: () => api.TF_StringDealloc(string) }
  })
}
