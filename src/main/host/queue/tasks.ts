import { join } from 'node:path'
import { parentOf } from '../../../experiment/phase-definition.ts'
import { requireMethods } from '../../../experiment/stored-methods.ts'
import type { TrainerJob } from '../../../experiment/trainer-jobs.ts'
import type { WeightsRef } from '../../../shared/checkpoint-ref.ts'
import { storedDataLocation } from '../../store/data-location.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { RunRow } from '../../store/runs.ts'
import { checkpointFolder, evaluationFile } from '../../store/workspace.ts'

/** Next task of a run. Runs with the same key share the task. */
export interface Task {
  kind: 'train' | 'evaluate'
  key: string
  phase: PhaseRow
}

/** Whether a phase has its best checkpoint. */
export const isTrained = ({ status, checkpoint }: Pick<PhaseRow, 'status' | 'checkpoint'>) =>
  status === 'done' && checkpoint !== null

/** The first phase of a run that is not trained yet, then its evaluation; null when the run has all it needs. */
export function nextTask(store: Store, run: RunRow): Task | null {
  const chain = store.phases.chain(run.id)
  const phase = chain.find((each) => !isTrained(each))
  if (phase !== undefined) return { kind: 'train', key: `train ${phase.id}`, phase }
  const last = chain.at(-1)!
  if (store.evaluations.get(last.id) !== null) return null
  return { kind: 'evaluate', key: `evaluate ${last.id}`, phase: last }
}

/** As `nextTask`. @throws UnknownMethodError if this version does not have a method that the task needs. */
export function doableTask(store: Store, run: RunRow): Task | null {
  const task = nextTask(store, run)
  if (task === null) return null
  const { network, data, methods } = task.phase.definition
  requireMethods(task.kind === 'train' ? task.phase.definition : { network, data, methods }, run)
  return task
}

export interface JobOptions {
  run: RunRow
  task: Task
  checkpointSeconds: number
}

/**
 * The trainer's job of a task, with absolute paths. Null if its initial weights no longer exist, because they were found to be
 * damaged after the task was chosen.
 */
export function jobFor(store: Store, { run, task, checkpointSeconds }: JobOptions): TrainerJob | null {
  const { id, definition } = task.phase
  const startsFrom = task.kind === 'evaluate' ? id : parentOf(definition)
  const weights = startsFrom === null ? null : weightsOf(store, startsFrom)
  if (startsFrom !== null && weights === null) return null
  const location = storedDataLocation(store, run.experimentId)
  if (task.kind === 'evaluate') {
    const { data, dataset, network } = definition
    const outputFile = evaluationFile(store.workspace, id)
    return { kind: 'evaluate', data, dataset, network, ...location, checkpoint: weights!, outputFile }
  }
  return {
    kind: 'train',
    ...definition,
    phaseId: id,
    parent: weights,
    ...location,
    checkpointFolder: checkpointFolder(store.workspace, id),
    checkpointSeconds,
    dominanceBatches: store.experiments.get(run.experimentId)!.file.probes.gradientDominance,
  }
}

function weightsOf(store: Store, phaseId: string): WeightsRef | null {
  const checkpoint = store.phases.get(phaseId)?.checkpoint ?? null
  return checkpoint && { ...checkpoint, phaseId, file: join(store.workspace.folder, checkpoint.file) }
}
