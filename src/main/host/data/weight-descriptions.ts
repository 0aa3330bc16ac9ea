import { stat } from 'node:fs/promises'
import type { WeightsDescription } from '../../../shared/weights.ts'
import type { TrainerJobs } from '../trainers/trainer-jobs.ts'

/** What the latest file of weights was found to be: an experiment that is being written is planned again and again. */
export type WeightsMemory = Pick<TrainerJobs, 'describeWeights'>

export function createWeightsMemory(trainers: WeightsMemory): WeightsMemory {
  let latest: { key: string; answer: Promise<WeightsDescription> } | null = null
  return {
    async describeWeights(file) {
      const key = await marksOf(file)
      if (latest?.key === key) return latest.answer
      const answer = trainers.describeWeights(file)
      const mine = (latest = { key, answer })
      // A file that was not there may be there the next time.
      answer.catch(() => latest === mine && (latest = null))
      return answer
    },
  }
}

/** Properties by which a changed file is recognised. */
async function marksOf(file: string): Promise<string> {
  const { dev, ino, size, mtimeMs, ctimeMs } = (await stat(file).catch(() => null)) ?? {}
  return JSON.stringify([file, dev, ino, size, mtimeMs, ctimeMs])
}
