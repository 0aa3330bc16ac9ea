import { join } from 'node:path'
import { analyses } from '../../../readings/analyses/index.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { fillInBaselines } from '../../../shared/experiment/baselines.ts'
import type { JsonObject } from '../../../shared/basics/json.ts'
import { requireMethods } from '../../../contract/experiment/stored-methods.ts'
import type { AnalysedModelSource, AnalyseJob } from '../../../contract/experiment/trainer-jobs.ts'
import type { AnalysisRow, AnalysisSubject } from '../../store/analyses.ts'
import { storedDataLocation } from '../../store/data-location.ts'
import type { Store } from '../../store/open.ts'
import { analysisFolder } from '../../store/workspace.ts'
import { analysisId } from './identity.ts'
import { trainedPhase, type TrainedPhase } from './trained-phase.ts'

/**
 * The trainer's job of an analysis, with absolute paths. @throws ExitlabError `conflict` if the weights no longer exist or have
 * changed.
 */
export function analyseJob(store: Store, { id, kind, parameters, subjects }: AnalysisRow): AnalyseJob {
  const phases = subjects.map((subject) => weightsOf(store, subject))
  if (analysisId({ kind, parameters, phases }) !== id) throw otherWeights(subjects)
  phases.forEach(({ definition }, index) => requireMethods(definition, subjects[index]!.run))
  const { data, dataset } = phases[0]!.definition
  const { experimentId } = store.runs.get(subjects[0]!.run.id)!
  return {
    kind: 'analyse',
    analysis: kind,
    // An earlier version may have stored them.
    parameters: fillInBaselines(parameters as JsonObject, analyses.get(kind).info.baselines),
    runs: phases.map((phase) => sourceOf(store, phase)),
    data,
    ...storedDataLocation(store, experimentId),
    dataset,
    folder: analysisFolder(store.workspace, id),
  }
}

function weightsOf(store: Store, { run }: AnalysisSubject): TrainedPhase {
  const phase = trainedPhase(store, run.id)
  if (phase !== null) return phase
  throw new ExitlabError(
    'conflict',
    `The weights of ${run.name} were damaged and are being trained again. Resume the analysis when the run is done.`,
  )
}

/** The same training has not ended in the same weights, as can be on another machine. */
function otherWeights(subjects: readonly AnalysisSubject[]): ExitlabError {
  const names = subjects.map(({ run }) => run.name).join(' and ')
  return new ExitlabError(
    'conflict',
    `The weights of ${names} have changed since this analysis was requested: they were trained again. Request the analysis again.`,
  )
}

function sourceOf(store: Store, phase: TrainedPhase): AnalysedModelSource {
  const { id, definition, checkpoint, epochs } = phase
  const { network, phase: spec, training, seed } = definition
  const file = join(store.workspace.folder, checkpoint.file)
  return { checkpoint: { ...checkpoint, file }, network, phase: spec, training, seed, phaseId: id, epochs }
}
