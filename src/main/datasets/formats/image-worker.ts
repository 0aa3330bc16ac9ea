/** A thread that prepares images (image-threads.ts). */
import { parentPort } from 'node:worker_threads'
import { ExitlabError } from '../../../shared/error.ts'
import { type ImageWork, prepareImages } from './prepare-images.ts'

export interface ThreadWork {
  id: number
  work: ImageWork
}

/** What a thread answers when it is done; `refusal`: why there are no images. */
export interface ThreadAnswer {
  id: number
  refusal: Pick<ExitlabError, 'code' | 'message'> | null
}

parentPort!.on('message', ({ id, work }: ThreadWork) => {
  void refusalOf(work).then((refusal) => parentPort!.postMessage({ id, refusal } satisfies ThreadAnswer))
})

async function refusalOf(work: ImageWork): Promise<ThreadAnswer['refusal']> {
  try {
    await prepareImages(work)
    return null
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    return { code: error.code, message: error.message }
  }
}
