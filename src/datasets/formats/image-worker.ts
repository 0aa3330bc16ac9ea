/** A thread that prepares images (image-threads.ts). */
import { parentPort } from 'node:worker_threads'
import { ExitlabError } from '../../shared/basics/error.ts'
import type { JpegDecoder, SharedTensorFlow } from '../../engine/tensorflow/jpeg-decoder.ts'
import { faultOfImage } from './decode.ts'
import { type ImageWork, prepareImages } from './prepare-images.ts'

export interface ThreadWork {
  id: number
  /** Images that are wanted, or paths of images that are to be decoded to see whether they can be. */
  work: ImageWork | { checked: readonly string[] }
  /** null: the process has none open. */
  tensorFlow: SharedTensorFlow | null
}

/** What a thread answers when it is done; `refusal`: why there are no images. */
export interface ThreadAnswer {
  id: number
  refusal: Pick<ExitlabError, 'code' | 'message'> | null
  /** Of the checked images, whether each can be decoded; none where images were wanted. */
  sound: boolean[]
}

parentPort!.on('message', (work: ThreadWork) => {
  void answerTo(work).then((answer) => parentPort!.postMessage({ id: work.id, ...answer } satisfies ThreadAnswer))
})

async function answerTo(work: ThreadWork): Promise<Omit<ThreadAnswer, 'id'>> {
  try {
    return { refusal: null, sound: await done(work) }
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    return { refusal: { code: error.code, message: error.message }, sound: [] }
  }
}

async function done({ work, tensorFlow }: ThreadWork): Promise<boolean[]> {
  if ('checked' in work) return (await Promise.all(work.checked.map(faultOfImage))).map((fault) => fault === null)
  await prepareImages(work, tensorFlow && (await decoderOf(tensorFlow)))
  return []
}

let decoder: Promise<JpegDecoder> | null = null

/** The thread's own, from the first image on that is wanted when TensorFlow is open. */
function decoderOf(tensorFlow: SharedTensorFlow): Promise<JpegDecoder> {
  return (decoder ??= import('../../engine/tensorflow/jpeg-decoder.ts').then(({ openJpegDecoder }) =>
    openJpegDecoder(tensorFlow),
  ))
}
