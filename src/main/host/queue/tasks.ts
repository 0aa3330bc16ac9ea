import { join } from 'node:path'
import type { TrainerJob } from '../../../shared/trainer.ts'
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
  const phase = chain.find(({ status }) => status !== 'done')
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

/** A task as the trainer takes it, every path absolute. */
export function jobFor(store: Store, { run, task, checkpointSeconds }: JobOptions): TrainerJob {
  const { data, dataset, network } = task.phase.identity
  const common = { data, dataset, network, dataPath: store.experiments.get(run.experimentId)!.dataPath }
  if (task.kind === 'evaluate') return { ...common, ...evaluateJob(store, task.phase) }
  return { ...common, ...trainJob(store, task.phase), checkpointSeconds }
}

function trainJob(store: Store, phase: ChainPhase) {
  const { identity } = phase
  const parent = phase.parentId === null ? null : store.phases.get(phase.parentId)!.checkpoint!
  return {
    kind: 'train',
    phaseId: phase.id,
    phase: { name: phase.name, network: phase.networkKind, ...identity.phase },
    training: identity.training,
    seed: identity.seed,
    parent: parent && { ...parent, file: join(store.workspace.folder, parent.file) },
    checkpointFolder: checkpointFolder(store.workspace, phase.id),
  } as const
}

function evaluateJob(store: Store, { id, checkpoint }: ChainPhase) {
  return {
    kind: 'evaluate',
    checkpoint: { ...checkpoint!, file: join(store.workspace.folder, checkpoint!.file) },
    outputFile: evaluationFile(store.workspace, id),
  } as const
}
