import { availableParallelism } from 'node:os'
import PQueue from 'p-queue'
import { createThreads } from '../../../execution/threads/threads.ts'
import { scoreEvaluation, type Scored, type Scoring, type Scores } from './score-evaluation.ts'

/** Scoring larger files would keep other requests waiting: this one is read in some 0.2 s. */
const smallBytes = 16 * 2 ** 20
/** Of small files so many are read before a thread has started. */
const few = 8
/** Each may have the outputs of one exit in memory: 200 MB of 50,000 images and 1,000 classes. */
const most = 4

/** Small evaluations are read here, one after the other; large ones, and those behind many others, in threads. */
const here = new PQueue({ concurrency: 1 })
const threads = createThreads<Scoring, Scored>(
  new URL('./scoring-worker.ts', import.meta.url),
  Math.min(most, Math.max(2, availableParallelism())),
)

/** `scoreEvaluation`, without keeping others waiting for long. `bytes`: size of the file. */
export function scoreElsewhere<What extends keyof Scores>(
  scoring: Scoring<What>,
  { bytes }: { bytes: number },
): Promise<Scored<What>> {
  const isBehind = here.size + here.pending >= few
  const found = bytes > smallBytes || isBehind ? threads.run(scoring) : here.add(() => scoreEvaluation(scoring))
  return found as Promise<Scored<What>>
}
