import { availableParallelism } from 'node:os'
import { chunksOf } from '../../../shared/basics/chunks.ts'
import { createThreads } from '../threads/threads.ts'
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
  const threads = createThreads<Staging, Staged>(new URL('./stage-worker.ts', import.meta.url), threadCount)
  try {
    const batches = chunksOf(staging.phases, batchSize)
    const staged = await Promise.all(batches.map((phases) => threads.run({ ...staging, phases }, { signal: lost })))
    return { ids: staged.flatMap(({ ids }) => ids), left: staged.flatMap(({ left }) => left) }
  } finally {
    await threads.close()
  }
}
