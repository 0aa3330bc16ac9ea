import { stat } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'
import { canonicalJson } from '../../../shared/basics/canonical-json.ts'
import type { DatasetDescription } from '../../../shared/data/data.ts'
import type { DescribeJob } from '../../../contract/experiment/trainer-jobs.ts'
import type { WeightsDescription } from '../../../shared/network/weights.ts'
import type { NetworkFile, NetworkReport } from '../../../shared/network/network-file.ts'
import { createNetworkReader } from './network-files/read-in-thread.ts'
import type { NetworkWork } from './network-files/read-network.ts'
import type { TrainerJobs } from '../../execution/trainer-pool/trainer-jobs.ts'

/** An experiment that is being written asks the same again and again, of a few files and settings. */
const most = 32

/** Keeps the latest answers, each for `ttl` milliseconds if that is given. A failure is not kept: what was not there may be there the next time. */
export function keptAnswers<Answer extends object>(ttl = 0) {
  const kept = new LRUCache<string, Promise<Answer>>({ max: most, ttl })
  return (key: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const known = kept.get(key)
    if (known) return known
    const answer = ask()
    kept.set(key, answer)
    answer.catch(() => kept.delete(key))
    return answer
  }
}

/** Properties by which a changed file is recognised. */
async function marksOf(file: string): Promise<(string | number | undefined)[]> {
  const { dev, ino, size, mtimeMs, ctimeMs } = (await stat(file).catch(() => null)) ?? {}
  return [file, dev, ino, size, mtimeMs, ctimeMs]
}

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

/** What files of weights were found to be. */
export type WeightsMemory = Pick<TrainerJobs, 'describeWeights'>

export function createWeightsMemory(trainers: WeightsMemory): WeightsMemory {
  const kept = keptAnswers<WeightsDescription>()
  return {
    describeWeights: async (file) => kept(JSON.stringify(await marksOf(file)), () => trainers.describeWeights(file)),
  }
}

interface Answer {
  file: NetworkFile
  report: NetworkReport
}

/** Files that are networks, as they were lately found to be. */
export interface NetworkFiles {
  describe(work: NetworkWork): Promise<Answer>
}

export function createNetworkFiles(): NetworkFiles {
  const reader = createNetworkReader()
  const kept = keptAnswers<Answer>()
  return {
    describe: async (work) => kept(JSON.stringify([work, await marksOf(work.path)]), () => reader.run(work)),
  }
}
