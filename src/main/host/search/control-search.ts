import { ExitlabError } from '../../../shared/error.ts'
import { severalMeant } from '../../../shared/references.ts'
import type { RunStatus } from '../../../shared/runs.ts'
import type { RungRecord, SearchRecord } from '../../../shared/search-record.ts'
import type { SearchRow } from '../../store/searches.ts'
import type { Store } from '../../store/open.ts'
import { queueAgain } from '../experiments/control-runs.ts'
import type { HostServices } from '../services.ts'
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
  await haltRung(services, search.id, { rung: search.record.rungs.at(-1), status })
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
  const isTakenBack = (record: SearchRecord) => hasMore && firstLeftOut(record) >= 0
  if (isTakenBack(search.record))
    await haltRung(services, search.id, { rung: search.record.rungs.at(-1), status: 'paused' })
  saveSearch(services, search.id, ({ record }) => ({
    ...(hours !== undefined && { hours }),
    record: isTakenBack(record) ? takenBack(store, record) : { ...record, rungs: reopened(record.rungs, hasMore) },
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

/** Whether the hours ended a search before its last rung, or within one. */
export function wasCut({ record }: Pick<SearchRow, 'record'>): boolean {
  const last = record.rungs.at(-1)
  if (last === undefined) return false
  const isShort = last.rung < record.plan.length - 1 && (last.end?.scores.length ?? 0) > 0
  return isShort || hasOvertime(last) || firstLeftOut(record) >= 0
}

/** A rung in which nothing could be trained, or whose hours were over, is trained further. */
function reopened(rungs: RungRecord[], hasMore: boolean): RungRecord[] {
  const isWanting = (rung: RungRecord) => rung.end?.scores.length === 0 || (hasMore && hasOvertime(rung))
  return rungs.map((rung, index) => (index === rungs.length - 1 && isWanting(rung) ? { ...rung, end: null } : rung))
}

const hasOvertime = ({ end }: RungRecord) => end !== null && end.out.some(({ why }) => why === overtime)

/** The first rung that candidates were left out of; -1 where none were. */
const firstLeftOut = ({ rungs }: SearchRecord) => rungs.findIndex(({ leftOut }) => leftOut.length > 0)

/** Before that rung: who goes on is decided anew, and what is trained already is found again. */
function takenBack(store: Store, record: SearchRecord): SearchRecord {
  const { rungs, spentSeconds = 0 } = record
  const first = firstLeftOut(record)
  const spent = rungs.slice(first).reduce((sum, rung) => sum + usedSeconds(store, rung), spentSeconds)
  return { ...record, rungs: rungs.slice(0, first), spentSeconds: spent }
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
