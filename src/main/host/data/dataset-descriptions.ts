import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { DatasetDescription } from '../../../shared/data.ts'
import type { DescribeJob } from '../../../experiment/trainer-jobs.ts'
import type { TrainerJobs } from '../trainers/trainer-jobs.ts'

/** Age after which a data set is read again, also for a preview. */
const keptMilliseconds = 10 * 60_000

/**
 * Cached descriptions of data sets, for experiments that are being written: a description takes as long as reading the images.
 * Before a training the data set is always described again.
 */
export interface DatasetMemory {
  describe(job: DescribeJob): Promise<DatasetDescription>
}

export function createDatasetMemory(trainers: Pick<TrainerJobs, 'describe'>, now: () => number): DatasetMemory {
  const known = new Map<string, { at: number; answer: Promise<DatasetDescription> }>()
  return {
    describe(job) {
      const key = keyOf(job)
      const found = known.get(key)
      if (found !== undefined && now() - found.at < keptMilliseconds) return found.answer
      const answer = trainers.describe(job)
      known.set(key, { at: now(), answer })
      // Data that was not there may be there the next time.
      answer.catch(() => known.delete(key))
      return answer
    },
  }
}

/** Inputs that determine a description. */
function keyOf({
  kind: _,
  data: { augmentation: __, mixing: ___, grouping: ____, ...data },
  ...location
}: DescribeJob): string {
  return JSON.stringify([canonicalJson(data), location])
}
