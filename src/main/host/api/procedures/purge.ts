import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { RunRow } from '../../../store/runs.ts'
import { purgeRuns } from '../../workspace/disk/purge.ts'
import { resolveRuns } from '../../runs/references.ts'
import type { HostServices } from '../services.ts'
import { os } from '../contract.ts'

export const runPurge = {
  purge: os.runs.purge.handler(async ({ input, context }) => {
    const ids = resolveRuns(context.store, input.runs, 'deleted').map(({ id }) => id)
    await context.scheduler.release(ids)
    return purge(context, ids)
  }),
}

export const experimentPurge = {
  purge: os.experiments.purge.handler(async ({ input, context }) => {
    const runs = input.experiments.flatMap((id) => {
      const own = context.store.runs.ofExperiment(id)
      if (own.length === 0) throw new ExitlabError('not-found', `There is no experiment ${id}.`)
      return own
    })
    await deleteRuns(context, runs)
    const ids = runs.map(({ id }) => id)
    return purge(context, ids)
  }),
}

async function purge({ store, events, catalogue }: HostServices, ids: readonly string[]) {
  const { runs, analyses, freedBytes } = await catalogue.add(async () => purgeRuns(store, ids))
  for (const run of runs) events.publish({ type: 'purged', run })
  for (const analysis of analyses) events.publish({ type: 'analysis-deleted', analysis })
  return { runs, freedBytes: await freedBytes }
}

/** Takes runs out of lists and ends their training, and the analyses of them; they can be restored until they are purged. */
export async function deleteRuns(
  { store, recorder, scheduler, analysisQueue }: HostServices,
  runs: readonly RunRow[],
): Promise<void> {
  store.freeing(() => {
    for (const run of runs) {
      store.runs.setDeleted(run.id, recorder.now())
      if (run.status === 'running') store.runs.setStatus(run.id, 'queued')
    }
  })
  await Promise.all([scheduler.release(runs.map(({ id }) => id)), analysisQueue.release()])
}
