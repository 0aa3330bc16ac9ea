import { join } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { makeFolders } from '../../../files/make-folders.ts'
import { copyVerified, faultOf, weightsMarks } from '../../../files/verified-file.ts'
import { trainedPhase, type TrainedPhase } from '../analyses/trained-phase.ts'
import type { Experiment } from '../experiments/file/read-experiment.ts'
import type { PaperServices } from './services.ts'
import { retrying } from '../runs/phase-files.ts'
import type { FoundExperiment } from './found-experiment.ts'

type Services = Pick<PaperServices, 'store'>
type Pretraining = Pick<FoundExperiment, 'runs'> & { file: string }

/** The weights that a pre-training ended in; null while it is not done. */
export function trainedWeights({ store }: Services, { runs: [run] }: Pick<Pretraining, 'runs'>): TrainedPhase | null {
  return run?.status === 'done' ? trainedPhase(store, run.id!) : null
}

/** An experiment that starts from a file of weights. */
export function startingFrom(experiment: Experiment, weights: string): Experiment {
  const { file } = experiment
  return { ...experiment, file: { ...file, initial: { ...file.initial, weights } } }
}

/** Absolute path of the weights of a phase, as the trainer left them. */
export function checkpointPath({ store }: Services, { checkpoint }: TrainedPhase): string {
  return join(store.workspace.folder, checkpoint.file)
}

/**
 * Writes the weights of a pre-training that is done into the workspace, where they stay. Returns their absolute path.
 * @throws ExitlabError `checkpoint-damaged` where they are not what was written.
 */
export async function writePretrainedWeights(services: Services, { file, runs }: Pretraining): Promise<string> {
  const phase = trainedWeights(services, { runs })!
  const folder = join(services.store.workspace.folder, 'paper')
  const target = join(folder, `${file}.safetensors`)
  const { sha256 } = phase.checkpoint
  if ((await faultOf({ path: target, sha256 })) === null) return target
  const path = checkpointPath(services, phase)
  makeFolders(folder)
  const fault = await copyVerified({ path, sha256, marks: weightsMarks(phase.id) }, target)
  if (fault !== null) throw damaged(path, fault, runs[0]!.id!)
  return target
}

function damaged(path: string, fault: string, run: string): ExitlabError {
  return new ExitlabError(
    'checkpoint-damaged',
    `The pre-trained weights, ${path}, ${fault}. Retry the run: it is trained again, with the same result.`,
    retrying([run]),
  )
}
