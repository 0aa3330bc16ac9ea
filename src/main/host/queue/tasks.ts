import { join } from 'node:path'
import type { PhaseSpec } from '../../../shared/phase.ts'
import type { TrainerJob, WeightsRef } from '../../../shared/trainer.ts'
import type { Store } from '../../store/open.ts'
import type { ChainPhase } from '../../store/phases.ts'
import type { RunRow } from '../../store/runs.ts'
import { checkpointFolder, evaluationFile } from '../../store/workspace.ts'

/** What a run needs next. Two runs with the same key need the same thing, and it's done once. */
export interface Task {
  kind: 'train' | 'evaluate'
  key: string
  phase: ChainPhase
}

/** The first phase of a run that isn't trained yet, then its evaluation; null when the run has all it needs. */
export function nextTask(store: Store, run: RunRow): Task | null {
  const chain = store.phases.chain(run.id)
  const phase = chain.find(({ status, checkpoint }) => status !== 'done' || checkpoint === null)
  if (phase !== undefined) return { kind: 'train', key: `train ${phase.id}`, phase }
  const last = chain.at(-1)!
  if (store.evaluations.get(last.id) !== null) return null
  return { kind: 'evaluate', key: `evaluate ${last.id}`, phase: last }
}

export interface JobOptions {
  run: RunRow
  task: Task
  checkpointSeconds: number
}

/**
 * A task as the trainer takes it, every path absolute. Null where the weights that it starts from are there no more: they
 * were found to be damaged since the task was chosen.
 */
export function jobFor(store: Store, { run, task, checkpointSeconds }: JobOptions): TrainerJob | null {
  const { phase } = task
  const startsFrom = task.kind === 'evaluate' ? phase.id : phase.parentId
  const weights = startsFrom === null ? null : weightsOf(store, startsFrom)
  if (startsFrom !== null && weights === null) return null
  const { data, dataset, network } = phase.identity
  const { dataPath, file } = store.experiments.get(run.experimentId)!
  const common = { data, dataset, network, dataPath }
  if (task.kind === 'train') {
    const dominanceBatches = file.probes.gradientDominance
    return { ...common, ...trainJob(store, phase), parent: weights, checkpointSeconds, dominanceBatches }
  }
  return { ...common, kind: 'evaluate', checkpoint: weights!, outputFile: evaluationFile(store.workspace, phase.id) }
}

function weightsOf(store: Store, phaseId: string): WeightsRef | null {
  const checkpoint = store.phases.get(phaseId)?.checkpoint ?? null
  return checkpoint && { ...checkpoint, phaseId, file: join(store.workspace.folder, checkpoint.file) }
}

/** What a phase does. */
export function phaseSpecOf({ name, networkKind, identity }: ChainPhase): PhaseSpec {
  return { name, network: networkKind, ...identity.phase }
}

function trainJob(store: Store, phase: ChainPhase) {
  const { id, identity } = phase
  return {
    kind: 'train',
    phaseId: id,
    phase: phaseSpecOf(phase),
    training: identity.training,
    seed: identity.seed,
    checkpointFolder: checkpointFolder(store.workspace, id),
  } as const
}
