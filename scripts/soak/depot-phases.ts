import { join } from 'node:path'
import { phaseIdOf, writeJob } from '../../src/main/execution/depot/phase-job.ts'
import { makeFolders } from '../../src/files/make-folders.ts'
import { createTaskPool, taskDefaults } from '../../src/main/execution/executors/task.ts'
import { trainPhase } from '../../src/main/execution/executors/train-phase.ts'
import { storedDataLocation } from '../../src/main/store/data-location.ts'
import { openStoreReadOnly, type Store } from '../../src/main/store/open.ts'

/** Added to the seed of a run, so that phases of the depot are others than those of the workspace. */
const otherSeed = 1000

export interface DepotPhasesOptions {
  workspace: string
  /** Names of runs whose phases are trained once more, in the depot. */
  runs: readonly string[]
  checkpointSeconds: number
  stop: AbortSignal
}

/** The depot of a round lies in its workspace, so that it is compared with the rest. */
export const depotIn = (workspace: string) => join(workspace, 'depot')

/** Trains phases as jobs of a cluster do (`exitlab train-phase`), one after the other; done ones are left alone. */
export async function trainDepotPhases({
  workspace,
  runs,
  checkpointSeconds,
  stop,
}: DepotPhasesOptions): Promise<void> {
  const depot = depotIn(workspace)
  const task = { ...taskDefaults(process.env), retryMilliseconds: [50, 50, 50] }
  await using pool = createTaskPool({ environment: process.env, device: 'cpu' })
  for (const phaseId of await writeJobs(depot, { workspace, runs })) {
    if (stop.aborted) return
    await trainPhase({ ...task, pool, depot, phaseId, checkpointSeconds, stop, heard: () => {} })
  }
}

async function writeJobs(
  depot: string,
  { workspace, runs }: Pick<DepotPhasesOptions, 'workspace' | 'runs'>,
): Promise<string[]> {
  makeFolders(depot)
  const store = openStoreReadOnly(workspace)!
  try {
    const found: string[] = []
    for (const name of runs) found.push(...(await writeJobsOfRun(depot, store, name)))
    return found
  } finally {
    store.close()
  }
}

/** @returns the ids of the phases, parents first. */
async function writeJobsOfRun(depot: string, store: Store, name: string): Promise<string[]> {
  const { id: runId } = store.summaries.all().find((run) => run.name === name)!
  const { experimentId } = store.runs.get(runId)!
  const chain = store.phases.chain(runId)
  const ids = new Map<string, string>()
  for (const [index, { id, definition }] of chain.entries()) {
    const { initial } = definition
    const parent = initial.kind === 'phase' ? { initial: { ...initial, id: ids.get(initial.id)! } } : {}
    const other = { ...definition, seed: definition.seed + otherSeed, ...parent }
    ids.set(id, phaseIdOf(other))
    const place = storedDataLocation(store, experimentId)
    const job = { ...place, dominanceBatches: 2, evaluate: index === chain.length - 1 }
    await writeJob(depot, ids.get(id)!, { format: 1, definition: other, ...job })
  }
  return [...ids.values()]
}
