import { ExitlabError } from '../../../shared/error.ts'
import type { RunStatus } from '../../../shared/runs.ts'
import type { RungRecord } from '../../../shared/search-record.ts'
import type { SearchRow } from '../../store/searches.ts'
import type { Store } from '../../store/open.ts'
import { haltRuns, queueAgain } from '../experiments/control-runs.ts'
import type { HostServices } from '../services.ts'
import { idsOfOpen, runsOfRung } from './rung-runs.ts'
import { saveSearch } from './save.ts'
import { overtime } from './scores.ts'

/** A search by its id, the beginning of its id, or its name, of which the newest is meant. @throws ExitlabError `not-found`. */
export function chosenSearch({ searches }: Pick<Store, 'searches'>, reference: string): SearchRow {
  const all = searches.all()
  const found = searches.get(reference) ?? all.find(({ id, name }) => name === reference || id.startsWith(reference))
  if (found) return found
  throw new ExitlabError('not-found', `There is no search “${reference}”. \`exitlab search\` lists them.`)
}

/** Ends the work for a search with checkpoints, for a while or for good. */
export async function haltSearch(
  services: HostServices,
  reference: string,
  status: 'paused' | 'stopped',
): Promise<void> {
  const { store, recorder } = services
  const search = chosenSearch(store, reference)
  const from = status === 'paused' ? ['running'] : ['running', 'paused', 'failed']
  if (!from.includes(search.status)) return
  const finishedAt = status === 'stopped' ? recorder.now() : null
  saveSearch(services, search.id, () => ({ status, finishedAt }))
  await haltRuns(services, idsOfOpen(ofLatestRung(store, search)), status)
}

/** Takes up a search that was paused, stopped, failed or interrupted. With more hours, one that they ended goes on, too. */
export async function resumeSearch(services: HostServices, reference: string, hours?: number): Promise<void> {
  const { store } = services
  const search = chosenSearch(store, reference)
  const hasMore = hours !== undefined && hours > search.hours
  if (search.status === 'done' && !(hasMore && wasCut(search))) {
    if (hours !== undefined && hours !== search.hours) saveSearch(services, search.id, () => ({ hours }))
    return
  }
  saveSearch(services, search.id, ({ record }) => ({
    ...(hours !== undefined && { hours }),
    record: { ...record, rungs: reopened(record.rungs, hasMore) },
    status: 'running',
    error: null,
    finishedAt: null,
  }))
  const states: RunStatus[] = ['paused', 'stopped', ...(search.status === 'failed' ? (['failed'] as const) : [])]
  const asleep = ofLatestRung(store, store.searches.get(search.id)!)
    .filter(({ status, deletedAt }) => deletedAt === null && states.includes(status))
    .map(({ id }) => id)
  if (asleep.length > 0) queueAgain(services, asleep)
}

/** Whether the hours ended a search before its last rung, or within it. */
function wasCut({ record: { rungs, plan } }: SearchRow): boolean {
  const last = rungs.at(-1)
  return last !== undefined && (last.rung < plan.length - 1 || hasOvertime(last))
}

/** A rung in which nothing could be trained, or whose hours were over, is trained further. */
function reopened(rungs: RungRecord[], hasMore: boolean): RungRecord[] {
  const isWanting = (rung: RungRecord) => rung.end?.scores.length === 0 || (hasMore && hasOvertime(rung))
  return rungs.map((rung, index) => (index === rungs.length - 1 && isWanting(rung) ? { ...rung, end: null } : rung))
}

const hasOvertime = ({ end }: RungRecord) => end !== null && end.out.some(({ why }) => why === overtime)

function ofLatestRung(store: Store, { record }: SearchRow) {
  const rung = record.rungs.at(-1)
  // What was trained in a rung that has ended is not trained further.
  return rung === undefined || rung.end !== null ? [] : runsOfRung(store, rung).flatMap(({ runs }) => runs)
}

/** Forgets a search; its runs stay. @throws ExitlabError `conflict` while it is running. */
export function deleteSearch(services: HostServices, reference: string): void {
  const { store, events } = services
  const search = chosenSearch(store, reference)
  if (search.status === 'running')
    throw new ExitlabError('conflict', `The search for “${search.name}” is running. Stop it first.`)
  store.searches.remove(search.id)
  events.publish({ type: 'search', search: search.id })
}
