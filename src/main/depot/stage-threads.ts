import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'
import type { WorkerAnswer } from './stage-worker.ts'
import { stagePhases, type Staged, type Staging } from './stage-phases.ts'

/** Phases that a thread brings at a time. */
const batchSize = 500
/** So few are brought before a thread has started. */
const few = 1000

/** More than processors: on a network file system, threads wait for its server most of the time. */
const threadCount = Math.max(4, availableParallelism())

/** `stagePhases` in several threads where there are many. @throws the reason of `lost` once that is aborted, and errors of the disk. */
export async function stageInThreads(staging: Staging, lost: AbortSignal): Promise<Staged> {
  if (staging.phases.length <= few) return stagePhases(staging)
  const queue = new PQueue({ concurrency: threadCount })
  const [workers, idle] = [[] as Worker[], [] as Worker[]]
  const start = () => {
    const worker = new Worker(new URL('./stage-worker.ts', import.meta.url))
    workers.push(worker)
    return worker
  }
  const stage = async (phases: Staging['phases']): Promise<Staged> => {
    lost.throwIfAborted()
    const worker = idle.pop() ?? start()
    worker.postMessage({ ...staging, phases })
    const [answer] = (await once(worker, 'message')) as [WorkerAnswer]
    idle.push(worker)
    if ('staged' in answer) return answer.staged
    throw Object.assign(new Error(answer.failure.message), { code: answer.failure.code })
  }
  try {
    const batches = batchesOf(staging.phases)
    const staged = await Promise.all(batches.map((batch) => queue.add(() => stage(batch))))
    return { ids: staged.flatMap(({ ids }) => ids), left: staged.flatMap(({ left }) => left) }
  } finally {
    queue.clear()
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

function batchesOf(phases: Staging['phases']): Staging['phases'][] {
  const count = Math.ceil(phases.length / batchSize)
  return Array.from({ length: count }, (_, index) => phases.slice(index * batchSize, (index + 1) * batchSize))
}
