/** A thread that brings phases from one depot into another (stage-threads.ts). */
import { parentPort } from 'node:worker_threads'
import { stagePhases, type Staged, type Staging } from './stage-phases.ts'

/** What a thread answers: what it brought, or which error of the disk kept it from it. */
export type WorkerAnswer = { staged: Staged } | { failure: { code: string | undefined; message: string } }

parentPort!.on('message', (staging: Staging) => {
  void answer(staging).then((found) => parentPort!.postMessage(found))
})

async function answer(staging: Staging): Promise<WorkerAnswer> {
  try {
    return { staged: await stagePhases(staging) }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { failure: { code, message } }
  }
}
