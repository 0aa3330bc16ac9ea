import type { ExperimentFile } from '../../../../src/contract/experiment/experiment.ts'
import { experiment } from '../settings.ts'

const sweep = { 'training.learningRate': [0.001, 0.002] }

/** A search over four candidates, in rungs of 1 and 3 epochs. */
export function searched(
  changes: Partial<ExperimentFile> = {},
  { epochs = 3, ...of }: { budget?: number; hours?: number; epochs?: number } = {},
) {
  const { file, folder } = experiment({ sweep, regimes: ['joint', 'mixed'], seeds: [1, 2], ...changes })
  return { file: { ...file, training: { ...file.training, epochs } }, folder, budget: 1.2, hours: 100, ...of }
}
