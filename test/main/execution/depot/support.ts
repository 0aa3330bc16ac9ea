import { dataSpec } from '../../../../src/shared/data/data.ts'
import type { PhaseDefinition } from '../../../../src/contract/experiment/phase-definition.ts'
import { phaseIdOf, writeJob, type PhaseJob } from '../../../../src/main/execution/depot/phase-job.ts'
import { phaseFolder } from '../../../../src/main/execution/depot/depot.ts'
import { createTaskPool } from '../../../../src/main/execution/executors/task.ts'
import { trainPhase, type TrainPhaseOptions } from '../../../../src/main/execution/executors/train-phase.ts'
import { dataFolder, hostSettings, temporaryFolder } from '../../host/support.ts'
import { describeFake } from '../../../support/fake-trainer/dataset.ts'
import { readJournal, writeScript, type FakeScript } from '../../../support/fake-trainer/script.ts'
import { trainJob } from '../../trainer/support/jobs.ts'

const data = dataSpec.parse({ source: 'mnist', limit: { train: 100, test: 20 } })
const dataset = describeFake(data, dataFolder, 'first').fingerprint

/** A phase that the fake trainer can train; `changes` make it another one. */
export function definition(changes: Partial<PhaseDefinition> = {}): PhaseDefinition {
  const { network, phase, training } = trainJob('resnet', { dataPath: '', dataset: '', folder: '' })
  return { format: 1, network, phase, training, data, dataset, seed: 1, initial: { kind: 'fresh' }, ...changes }
}

export function jobOf(changes: Partial<PhaseDefinition> = {}): PhaseJob {
  return {
    format: 1,
    definition: definition(changes),
    dataPath: dataFolder,
    dominanceBatches: 0,
    evaluate: true,
  }
}

/** A depot with fake trainers that do as the test says. */
export function fakeDepot(script: Partial<FakeScript> = {}, depot = temporaryFolder()) {
  const folder = temporaryFolder()
  writeScript(folder, script)
  return {
    depot,
    fakeFolder: folder,
    script: (changes: Partial<FakeScript>) => writeScript(folder, changes),
    journal: () => readJournal(folder),
    folderOf: (id: string) => phaseFolder(depot, id),
    /** Adds the job of a phase; returns the id. */
    async add(job: PhaseJob = jobOf()): Promise<string> {
      const id = phaseIdOf(job.definition)
      await writeJob(depot, id, job)
      return id
    },
    async train(phaseId: string, options: Partial<TrainPhaseOptions> = {}) {
      await using pool = fakePool(folder)
      return await trainPhase({
        pool,
        depot,
        phaseId,
        job: null,
        now: Date.now,
        checkpointSeconds: 60,
        stop: new AbortController().signal,
        retryMilliseconds: [1, 1, 1],
        heard: () => {},
        ...options,
      })
    },
  }
}

/** Fake trainers with a thread each. `fakeFolder`: of their script and journal. */
const fakePool = (fakeFolder: string) =>
  createTaskPool({ environment: {}, device: 'cpu', threads: 1, launch: hostSettings('', fakeFolder).trainer! })
