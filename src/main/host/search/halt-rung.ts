import type { RungRecord } from '../../../shared/runs/search-record.ts'
import { haltRuns } from '../queue/control-runs.ts'
import type { SearchServices } from './services.ts'
import { currentRuns, idsOfOpen, runsOfRung } from './rung-runs.ts'

/** Ends the work for a rung of a search with checkpoints, but for runs that another search waits for. */
export async function haltRung(
  services: SearchServices,
  search: string,
  { rung, status }: { rung: RungRecord | undefined; status: 'paused' | 'stopped' },
): Promise<void> {
  const { store } = services
  if (rung === undefined || rung.end !== null) return
  const others = store.searches.withStatus('running').filter((id) => id !== search)
  const awaited = others.flatMap((id) => currentRuns(store, store.searches.get(id)!.record).map((run) => run.id))
  const own = idsOfOpen(runsOfRung(store, rung).flatMap(({ runs }) => runs))
  await haltRuns(
    services,
    own.filter((id) => !awaited.includes(id)),
    status,
  )
}
