import { describeWeightsFile } from '../weights.ts'
import type { Job } from './job.ts'

/** Says what a file of weights holds; needs no TensorFlow. */
export const describeWeights: Job<'describe-weights'> = async ({ file }) => ({
  type: 'weights-described',
  weights: await describeWeightsFile(file),
})
