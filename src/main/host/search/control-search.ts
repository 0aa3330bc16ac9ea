import { ExitlabError } from '../../../shared/basics/error.ts'
import { severalMeant } from '../../../shared/runs/references.ts'
import type { RunStatus } from '../../../shared/runs/runs.ts'
import type { RungRecord, SearchRecord } from '../../../shared/runs/search-record.ts'
import type { SearchRow } from '../../store/searches.ts'
import type { Store } from '../../store/open.ts'
import { queueAgain } from '../queue/control-runs.ts'
import type { SearchServices } from './services.ts'
import { haltRung } from './halt-rung.ts'
import { currentRuns, usedSeconds } from './rung-runs.ts'
import { saveSearch } from './save.ts'
import { overtime } from './scores.ts'

/**
 * A search by its id, by its name, of which the newest is meant, or by the beginning of its id. @throws ExitlabError `not-found`, or
 * `conflict` where several ids begin so.
 */
export function chosenSearch({ searches }: Pick<Store, 'searches'>, reference: string): SearchRow {
  const all = searches.all()
  const exact = searches.get(reference) ?? all.find(({ name }) => name === reference)
  const found = exact ? [exact] : all.filter(({ id }) => reference !== '' && id.startsWith(reference))
  if (found.length === 1) return found[0]!
  if (found.length === 0)
    throw new ExitlabError('not-found', `There is no search “${reference}”. \`exitlab search\` lists them.`)
  const lines = found.map(({ id, name }) => `${id}  ${name}`)
  throw severalMeant(reference, 'several searches', lines)
}

/** Ends the work for a search with checkpoints, for a while or for good. */
export async function haltSearch(
  services: SearchServices,
  reference: string,
  status: 'paused' | 'stopped',
): Promise<void> {
  const { store, recorder } = services
  const search = chosenSearch(store, reference)
  const from = status === 'paused' ? ['running'] : ['running', 'paused', 'failed']
  if (!from.includes(search.status)) return
  const finishedAt = status === 'stopped' ? recorder.now() : null
  saveSearch(services, search.id, () => ({ status, finishedAt }))
  await haltRung(services, search.id, { rung: search.record.rungs.at(-1), status })
}

/** Takes up a search that was paused, stopped, failed or interrupted. With more hours, one that they ended goes on, too. */
export async function resumeSearch(services: SearchServices, reference: string, hours?: number): Promise<void> {
  const { store } = services
  const search = chosenSearch(store, reference)
  const hasMore = (hours ?? 0) > search.hours
  if (search.status === 'done' && !(hasMore && wasCut(search))) return
  const goesBack = (record: SearchRecord) => hasMore && keptRungs(record).length < record.rungs.length
  if (goesBack(search.record))
    await haltRung(services, search.id, { rung: search.record.rungs.at(-1), status: 'paused' })
  saveSearch(services, search.id, ({ record }) => ({
    ...(hours !== undefined && { hours }),
    record: reopened(goesBack(record) ? takenBack(store, record) : record, hasMore),
    status: 'running',
    error: null,
    finishedAt: null,
  }))
  const states: RunStatus[] = ['paused', 'stopped', ...(search.status === 'failed' ? (['failed'] as const) : [])]
  const asleep = currentRuns(store, store.searches.get(search.id)!.record)
    .filter(({ status, deletedAt }) => deletedAt === null && states.includes(status))
    .map(({ id }) => id)
  if (asleep.length > 0) queueAgain(services, asleep)
}

/** Whether the hours ended a search before its last rung, or cut one of its rungs. */
export function wasCut({ record: { rungs, plan } }: Pick<SearchRow, 'record'>): boolean {
  const last = rungs.at(-1)
  if (last === undefined) return false
  const isShort = last.rung < plan.length - 1 && (last.end?.scores.length ?? 0) > 0
  return isShort || rungs.some(isCut)
}

/** Whether candidates were left out of a rung, or not trained to its end, as the hours did not suffice. */
const isCut = (rung: RungRecord) => rung.leftOut.length > 0 || hasOvertime(rung)

const hasOvertime = ({ end }: RungRecord) => end !== null && end.out.some(({ why }) => why === overtime)

/** The rungs up to the first that was cut, without it where candidates were left out of it: those after it are decided anew. */
function keptRungs({ rungs }: SearchRecord): RungRecord[] {
  const cut = rungs.findIndex(isCut)
  if (cut < 0) return rungs
  return rungs.slice(0, rungs[cut]!.leftOut.length > 0 ? cut : cut + 1)
}

/** With those alone: what is trained already is found again. */
function takenBack(store: Store, record: SearchRecord): SearchRecord {
  const { rungs, spentSeconds = 0 } = record
  const kept = keptRungs(record)
  const spent = rungs.slice(kept.length).reduce((sum, rung) => sum + usedSeconds(store, rung), spentSeconds)
  return { ...record, rungs: kept, spentSeconds: spent }
}

/** The last rung is trained further where nothing could be trained in it, also as its runs were deleted, or its hours were over. */
function reopened({ rungs, ...record }: SearchRecord, hasMore: boolean): SearchRecord {
  const reopen = (rung: RungRecord): RungRecord => {
    if (rung.end?.scores.length === 0) return { ...rung, end: null, enrolled: false }
    return hasMore && hasOvertime(rung) ? { ...rung, end: null } : rung
  }
  return { ...record, rungs: rungs.map((rung) => (rung === rungs.at(-1) ? reopen(rung) : rung)) }
}

/** Forgets a search; its runs stay. @throws ExitlabError `conflict` while it is running. */
export function deleteSearch(services: SearchServices, reference: string): void {
  const { store, events } = services
  const search = chosenSearch(store, reference)
  if (search.status === 'running')
    throw new ExitlabError('conflict', `The search for “${search.name}” is running. Stop it first.`)
  store.searches.remove(search.id)
  events.publish({ type: 'search', search: search.id })
}
