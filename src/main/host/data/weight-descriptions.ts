import type { WeightsDescription } from '../../../shared/weights.ts'
import type { TrainerJobs } from '../trainers/trainer-jobs.ts'
import { keptAnswers, marksOf } from './kept-answers.ts'

/** What files of weights were found to be. */
export type WeightsMemory = Pick<TrainerJobs, 'describeWeights'>

export function createWeightsMemory(trainers: WeightsMemory): WeightsMemory {
  const kept = keptAnswers<WeightsDescription>()
  return {
    describeWeights: async (file) => kept(JSON.stringify(await marksOf(file)), () => trainers.describeWeights(file)),
  }
}
