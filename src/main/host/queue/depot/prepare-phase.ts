import { parentOf } from '../../../../contract/experiment/phase-definition.ts'
import { bringJob, type PhaseJob, writeJob } from '../../../execution/depot/phase-job.ts'
import { phaseFolder } from '../../../execution/depot/depot.ts'
import { readResults } from '../../../execution/depot/phase-results.ts'
import { copyPhase } from '../../../execution/depot/stage-phases.ts'
import { storedDataLocation } from '../../../store/data-location.ts'
import type { Store } from '../../../store/open.ts'
import { checkpointFolder } from '../../../store/workspace.ts'
import { isTrained } from '../trained-phases.ts'
import type { NeededPhase } from './needed-phases.ts'

/** Writes the job of a phase, and brings what the workspace has of it and of its parent; to be called by the owner of the depot. */
export async function preparePhase(
  { phase, run, evaluate }: NeededPhase,
  { store, depot }: { store: Store; depot: string },
): Promise<void> {
  const { id } = phase
  // Its file of weights may have been found elsewhere meanwhile.
  const { definition } = store.phases.chain(run.id).find((each) => each.id === id)!
  const dominanceBatches = store.experiments.get(run.experimentId)!.file.probes.gradientDominance
  const place = storedDataLocation(store, run.experimentId)
  const isOwn = depot === store.workspace.checkpoints
  const job: PhaseJob = { format: 1, definition, ...place, dominanceBatches, evaluate }
  // A workspace keeps its extensions beside its phases, and is trained where its files of weights are.
  if (isOwn) return writeJob(depot, id, job)
  await bringJob(depot, id, job)
  const parent = parentOf(definition)
  const start = parent === null ? null : store.phases.get(parent)
  for (const each of [id, ...(start !== null && isTrained(start) ? [start.id] : [])]) {
    const { weights } = await readResults(phaseFolder(depot, each))
    if (weights === null) await copyPhase(checkpointFolder(store.workspace, each), phaseFolder(depot, each))
  }
}
