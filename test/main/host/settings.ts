import { fileURLToPath } from 'node:url'
import { experimentFile, type ExperimentFile } from '../../../src/contract/experiment/experiment.ts'
import { trainerLaunch } from '../../../src/main/execution/trainer-pool/trainer-launch.ts'
import type { HostOptions } from '../../../src/main/host/open/index.ts'

/** Holds `images`, where the experiments of tests have their data set. */
export const dataFolder = fileURLToPath(new URL('../../support/fake-trainer/data', import.meta.url))

export function hostSettings(workspace: string, fakeFolder: string): HostOptions {
  const entry = fileURLToPath(new URL('../../support/fake-trainer/index.ts', import.meta.url))
  return {
    workspace,
    trainer: (place) => ({
      entry,
      environment: {
        ...trainerLaunch({ environment: {}, ...place }).environment,
        FAKE_TRAINER: fakeFolder,
        FAKE_THREADS: String(place.threads),
      },
    }),
    parallel: 1,
    retryMilliseconds: [1, 1, 1],
    environment: {},
  }
}

/** An experiment on images that the fake trainer makes up: two regimes that share their first phase, and joint. */
export function experiment(changes: Partial<ExperimentFile> = {}): { file: ExperimentFile; folder: string } {
  const file = experimentFile.parse({
    name: 'toy',
    data: { source: 'mnist', path: 'images', limit: { train: 100, test: 20 } },
    network: { family: 'resnet', blockCounts: [1, 1, 1], widths: [4, 4, 4] },
    regimes: ['disjoint', 'mixed', 'joint'],
    training: { epochs: 2, batchSize: 30 },
  })
  return { file: { ...file, ...changes }, folder: dataFolder }
}
