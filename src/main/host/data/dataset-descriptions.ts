import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { DatasetDescription } from '../../../shared/data.ts'
import type { DescribeJob } from '../../../experiment/trainer-jobs.ts'
import type { TrainerJobs } from '../trainers/trainer-jobs.ts'
import { keptAnswers } from './kept-answers.ts'

/** Age after which a data set is read again, also for a preview. */
const keptMilliseconds = 10 * 60_000

/**
 * Cached descriptions of data sets, for experiments that are being written: a description takes as long as reading the images.
 * Before a training the data set is always described again.
 */
export interface DatasetMemory {
  describe(job: DescribeJob): Promise<DatasetDescription>
}

export function createDatasetMemory(trainers: Pick<TrainerJobs, 'describe'>): DatasetMemory {
  const kept = keptAnswers<DatasetDescription>(keptMilliseconds)
  return { describe: (job) => kept(keyOf(job), () => trainers.describe(job)) }
}

/** Inputs that determine a description. */
function keyOf({
  kind: _,
  data: { augmentation: __, mixing: ___, grouping: ____, ...data },
  ...location
}: DescribeJob): string {
  return JSON.stringify([canonicalJson(data), location])
}
