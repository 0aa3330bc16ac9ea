/** A thread that prepares images (image-workers.ts). */
import { parentPort } from 'node:worker_threads'
import { ExitlabError } from '../../../shared/error.ts'
import { type ImageWork, prepareImages } from './prepare-images.ts'

/** What a thread answers: the images, or why there are none. */
export type WorkerAnswer = { images: Uint8Array | Float32Array } | { refusal: Pick<ExitlabError, 'code' | 'message'> }

parentPort!.on('message', (work: ImageWork) => {
  void answer(work).then((found) =>
    parentPort!.postMessage(found, 'images' in found ? [found.images.buffer as ArrayBuffer] : []),
  )
})

async function answer(work: ImageWork): Promise<WorkerAnswer> {
  try {
    return { images: await prepareImages(work) }
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    return { refusal: { code: error.code, message: error.message } }
  }
}
