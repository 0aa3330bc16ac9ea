import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import { createThreads } from '../../../execution/threads/threads.ts'
import { read, type Read, type Reading, type Readings } from './reading.ts'

/** Reading larger files would keep other requests waiting: this one is read in some 0.2 s. */
const smallBytes = 16 * 2 ** 20
/** Of small files so many are read before a thread has started. */
const few = 8
/** Each may have the outputs of one exit in memory: 200 MB of 50,000 images and 1,000 classes. */
const most = 4

/** Small evaluations are read here, one after the other; large ones, and those behind many others, in threads. */
const here = new PQueue({ concurrency: 1 })
const threads = createThreads<Reading, Read>(
  new URL('./reading-worker.ts', import.meta.url),
  Math.min(most, Math.max(2, availableParallelism())),
)

/** `read`, without keeping others waiting for long. `bytes`: size of the file. */
export function readElsewhere<What extends keyof Readings>(
  reading: Reading<What>,
  { bytes }: { bytes: number },
): Promise<Read<What>> {
  const isBehind = here.size + here.pending >= few
  const found = bytes > smallBytes || isBehind ? threads.run(reading) : here.add(() => read(reading))
  return found as Promise<Read<What>>
}
