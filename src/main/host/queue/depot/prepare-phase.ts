import { parentOf } from '../../../../experiment/phase-definition.ts'
import { phaseFolder } from '../../../depot/depot.ts'
import { writeJob } from '../../../depot/phase-job.ts'
import { readResults } from '../../../depot/phase-results.ts'
import { copyPhase } from '../../../depot/stage-phases.ts'
import { storedDataLocation } from '../../../store/data-location.ts'
import type { Store } from '../../../store/open.ts'
import { checkpointFolder } from '../../../store/workspace.ts'
import { isTrained } from '../tasks.ts'
import type { NeededPhase } from './needed-phases.ts'

/** Writes the job of a phase, and brings what the workspace has of it and of its parent; to be called by the owner of the depot. */
export async function preparePhase(
  { phase, run, evaluate }: NeededPhase,
  { store, depot }: { store: Store; depot: string },
): Promise<void> {
  const { id, definition } = phase
  const dominanceBatches = store.experiments.get(run.experimentId)!.file.probes.gradientDominance
  const place = storedDataLocation(store, run.experimentId)
  await writeJob(depot, id, { format: 1, definition, ...place, dominanceBatches, evaluate })
  const parent = parentOf(definition)
  const start = parent === null ? null : store.phases.get(parent)
  for (const each of [id, ...(start !== null && isTrained(start) ? [start.id] : [])]) {
    const { weights } = await readResults(phaseFolder(depot, each))
    if (weights === null) await copyPhase(checkpointFolder(store.workspace, each), phaseFolder(depot, each))
  }
}
