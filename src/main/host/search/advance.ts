import { isDeepStrictEqual } from 'node:util'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { Entrant, RungRecord } from '../../../shared/runs/search-record.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import type { SearchRow } from '../../store/searches.ts'
import { wakeUp } from '../queue/control-runs.ts'
import { createExperiment } from '../experiments/create-experiment.ts'
import type { SearchServices } from './services.ts'
import { admitted } from './admission.ts'
import { costsOfRung, inputOfRung, type RungCosts } from './costs.ts'
import { haltRung } from './halt-rung.ts'
import { placeAfter, promotionOf } from './promotion.ts'
import { currentRuns, idsOfOpen, runsOfRung, slownessOf, usedByAll, usedSeconds } from './rung-runs.ts'
import { saveSearch } from './save.ts'
import { scoresOfRung } from './scores.ts'

/** Does whatever can be done for a search, until it waits for trainings or is over. What follows depends only on what is stored. */
export async function advance(services: SearchServices, id: string): Promise<void> {
  for (;;) {
    const search = services.store.searches.get(id)
    if (search?.status !== 'running' || !(await step(services, search))) return
  }
}

/** The next step. @returns false where trainings must end first. */
async function step(services: SearchServices, search: SearchRow): Promise<boolean> {
  const rung = search.record.rungs.at(-1)
  if (rung === undefined) return begin(services, search, { place: 0, ...everyCandidate(search) })
  if (!rung.enrolled) return enrol(services, search, rung)
  return rung.end === null ? end(services, search, rung) : promote(services, search, rung)
}

function everyCandidate({ record }: SearchRow): { entrants: Entrant[]; leftOut: number[] } {
  const places = record.candidates.flatMap(({ out }, candidate) => (out === null ? [candidate] : []))
  return { entrants: places.map((candidate) => ({ candidate, because: 'all' })), leftOut: [] }
}

interface Beginning {
  place: number
  entrants: Entrant[]
  leftOut: number[]
  costs?: RungCosts
}

/** Writes down who is trained in a rung, before anything of it is trained. */
async function begin(
  services: SearchServices,
  search: SearchRow,
  { place, costs: known, ...who }: Beginning,
): Promise<boolean> {
  const costs = known ?? (await costsAt(services, search, place))
  const candidates = who.entrants.map(({ candidate }) => candidate)
  const rung: RungRecord = {
    rung: place,
    experiment: costs.experiment,
    enrolled: false,
    startedAt: services.recorder.now(),
    ...who,
    plannedSeconds: costs.seconds(candidates),
    secondsBefore: costs.secondsBefore(candidates),
    end: null,
  }
  return write(services, search, withRungs(search, [...search.record.rungs, rung]))
}

const costsAt = (services: SearchServices, { record, ...search }: SearchRow, place: number) =>
  costsOfRung(services, { ...search, pace: record.pace, rung: record.plan[place]!, place })

/** Queues the runs of a rung, those too that something else has paused, stopped or failed to train. */
async function enrol(services: SearchServices, search: SearchRow, rung: RungRecord): Promise<boolean> {
  const input = inputOfRung(search, search.record.plan[rung.rung]!, rung.rung)
  const candidates = rung.entrants.map(({ candidate }) => candidate)
  const { runs } = await createExperiment(services, input, candidates)
  // It may have been paused, stopped or deleted meanwhile.
  const status = services.store.searches.get(search.id)?.status
  const ids = runs.map(({ id }) => id)
  if (status === 'running') wakeUp(services, ids)
  else await haltRung(services, search.id, { rung, status: status === 'paused' ? status : 'stopped' })
  return write(services, search, withLast(search, { ...rung, enrolled: true }))
}

/** Reads the scores of a rung once its trainings have ended, or the hours are over. */
async function end(services: SearchServices, search: SearchRow, rung: RungRecord): Promise<boolean> {
  const { store, recorder } = services
  const open = idsOfOpen(currentRuns(store, search.record))
  const isOver = usedByAll(store, search.record) >= 3600 * search.hours
  if (open.length > 0 && !isOver) return false
  await haltRung(services, search.id, { rung, status: 'stopped' })
  const { plan } = search.record
  const isLast = rung.rung === plan.length - 1
  const trained = runsOfRung(store, rung)
  const read = await scoresOfRung(services, search, { trained, seeds: plan[rung.rung]!.seeds, isLast, isOver })
  const used = usedSeconds(store, rung)
  const ended = { ...rung, end: { at: recorder.now(), usedSeconds: used, ...read } }
  return write(services, search, withLast(search, ended))
}

/** Decides who goes on from a rung that has ended, and begins the next one; without one the search is over. */
async function promote(services: SearchServices, search: SearchRow, rung: RungRecord): Promise<boolean> {
  const { plan } = search.record
  const last = plan.length - 1
  if (rung.end!.scores.length === 0 && search.record.rungs.length === 1) throw nobodyTrained(rung)
  if (rung.rung === last || rung.end!.scores.length === 0) return conclude(services, search)
  const promotion = promotionOf(rung.end!.scores, rung.entrants.length, primaryMetric(search.record))
  const place = placeAfter(promotion, rung, search.record)
  const costs = await costsAt(services, search, place)
  const who = admitted(promotion, await hoursLeft(services, search, { place, costs }))
  return who.entrants.length === 0 ? conclude(services, search) : begin(services, search, { place, costs, ...who })
}

/** Estimates grow with how much longer earlier rungs took than estimated. */
async function hoursLeft(
  services: SearchServices,
  search: SearchRow,
  { place, costs }: { place: number; costs: RungCosts },
): Promise<Parameters<typeof admitted>[1]> {
  const { rungs, plan } = search.record
  const slowness = slownessOf(rungs)
  const later = await Promise.all(
    plan.slice(place + 1).map(async (planned, index) => ({
      most: planned.candidates,
      costs: await costsAt(services, search, place + 1 + index),
    })),
  )
  return {
    seconds: 3600 * search.hours - usedByAll(services.store, search.record),
    ofRung: (candidates) => slowness * costs.seconds(candidates),
    ofLater: (candidates) =>
      later.reduce((sum, { most, costs }) => sum + slowness * costs.seconds(candidates.slice(0, most)), 0),
  }
}

const conclude = (services: SearchServices, search: SearchRow): boolean =>
  write(services, search, { status: 'done', finishedAt: services.recorder.now() })

/** Writes down a step. Where the search was changed meanwhile it is not: the step is taken anew from what is stored. @returns true. */
function write(services: SearchServices, search: SearchRow, change: Partial<SearchRow>): true {
  saveSearch(services, search.id, (now) => (isDeepStrictEqual(now, search) ? change : {}))
  return true
}

const withRungs = ({ record }: SearchRow, rungs: RungRecord[]) => ({ record: { ...record, rungs } })
const withLast = (search: SearchRow, rung: RungRecord) => withRungs(search, [...search.record.rungs.slice(0, -1), rung])

function nobodyTrained({ end }: RungRecord): ExitlabError {
  const reasons = [...new Set(end!.out.map(({ why }) => why))]
  return new ExitlabError('conflict', `No candidate has a score: ${reasons.join('; ')}.`)
}
