import { resolveRuns } from '../references.ts'
import { purgeRuns } from '../purge.ts'
import { os } from './contract.ts'

export const runPurge = {
  purge: os.runs.purge.handler(async ({ input, context }) => {
    const { store, events, scheduler } = context
    const ids = resolveRuns(store, input.runs, 'deleted').map(({ id }) => id)
    await Promise.all(ids.map((id) => scheduler.release(id)))
    const { runs, analyses, freedBytes } = purgeRuns(store, ids)
    for (const run of runs) events.publish({ type: 'purged', run })
    for (const analysis of analyses) events.publish({ type: 'analysis-deleted', analysis })
    return { runs, freedBytes: await freedBytes }
  }),
}
