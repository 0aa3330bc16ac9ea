import { listed } from '../../../shared/format/lists.ts'
import { intervalText } from '../../../readings/differences/pair.ts'
import { differenceUnit } from '../../../shared/methods/metric.ts'
import { fixed, plural } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import { untestedWords } from '../../../shared/statistics/paired.ts'
import type { RungRecord, SearchRecord } from '../../../shared/runs/search-record.ts'
import { budgetColumn } from '../../../shared/tables/table-words.ts'
import { mean, sum } from '../../../shared/statistics/statistics.ts'
import { primaryMetric, type NamedMetric } from '../../../shared/methods/task.ts'
import type { SearchRow } from '../../store/searches.ts'
import { leadOf, placeAfter, promotionOf, standardError } from './promotion.ts'
import { isDecided, type Winner } from './ranking.ts'
import { slownessOf } from './rung-runs.ts'

/** What a search decided, with its reasons, the latest first. */
export function decisionsOf(search: SearchRow): { at: number; sentence: string }[] {
  const { record, createdAt } = search
  const rungs = record.rungs.flatMap((rung, index) => [
    ...(index === 0 ? [] : [{ at: rung.startedAt, sentence: promotionSentence(record, rung, index) }]),
    ...outSentences(record, rung),
  ])
  const end = endSentence(search)
  return [
    { at: createdAt, sentence: planSentence(search) },
    ...rungs,
    ...(end === null ? [] : [{ at: search.finishedAt!, sentence: end }]),
  ].toReversed()
}

function planSentence({ record, hours }: SearchRow): string {
  const { plan, candidates, factorialSeconds } = record
  const unable = candidates.filter(({ out }) => out !== null)
  const able = candidates.length - unable.length
  const list = unable.map(({ name, out }) => `${name}, ${out}`).join('; ')
  const whole = plan.reduce((sum, { seconds }) => sum + seconds, 0)
  return [
    `Plan: ${plural(able, 'candidate')} in ${plural(plan.length, 'rung')}, at most ${duration(whole)} of ${duration(3600 * hours)}; to train all of them as the file says would take at most ${duration(factorialSeconds)}, by calibration.`,
    ...(unable.length === 0 ? [] : [`${plural(unable.length, 'series', 'series')} cannot keep the budget: ${list}.`]),
    ...(whole <= 3600 * hours ? [] : ['The hours may not suffice for the last rung.']),
  ].join(' ')
}

/** Names of candidates in a sentence at most. */
const mostNames = 2

/** `9 of 24 go on to rung 2: the best 8, and joint, 0.20 behind, within its standard error of 0.70.` */
function promotionSentence(record: SearchRecord, { rung, entrants, leftOut }: RungRecord, index: number): string {
  const before = record.rungs[index - 1]!
  const scale = primaryMetric(record)
  const { best, within, ranked } = promotionOf(before.end!.scores, before.entrants.length, scale)
  const admitted = new Set(entrants.map(({ candidate }) => candidate))
  const near = within.filter(({ candidate }) => admitted.has(candidate))
  const names = near
    .slice(0, mostNames)
    .map(({ candidate, lead, error }) => `, and ${record.candidates[candidate]!.name}, ${apart(lead, error, scale)}`)
  const more = near.length - names.length
  const others = more > 0 ? `, and ${more} more within one standard error` : ''
  const first = ranked.slice(best).find((each) => within.every(({ candidate }) => candidate !== each.candidate))
  const next = first && near.length === 0 ? leadOf(ranked[best - 1]!, first, scale) : null
  return [
    `${entrants.length} of ${before.entrants.length} go on to rung ${rung + 1}: the best ${entrants.length - near.length}${names.join('')}${others}.`,
    ...(next === null ? [] : [`The next one is ${apart(next.lead, next.error, scale)}.`]),
    ...(leftOut.length === 0
      ? []
      : [`${leftOutWords(record, leftOut)} would have gone on, but the hours do not suffice.`]),
  ].join(' ')
}

function apart(lead: number, error: number | null, scale: NamedMetric): string {
  const behind = `${number(lead, scale)} ${differenceUnit(scale)} behind`
  if (error === null) return `${behind}, the standard error of which is not known`
  return `${behind}, ${lead <= error ? 'within' : 'more than'} one standard error (${number(error, scale)})`
}

const outSentences = (record: SearchRecord, { rung, end }: RungRecord) =>
  (end?.out ?? []).map(({ candidate, why }) => ({
    at: end!.at,
    sentence: `${record.candidates[candidate]!.name} is out in rung ${rung + 1}: ${why}.`,
  }))

function endSentence(search: SearchRow): string | null {
  const { status, error } = search
  if (status === 'stopped') return 'Stopped.'
  if (status === 'failed') return error
  return status === 'done' ? `${doneSentence(search)}${overrunWords(search)}` : null
}

function doneSentence({ record, hours }: SearchRow): string {
  const last = record.rungs.at(-1)!
  if (last.rung === record.plan.length - 1) return `Done: the last rung has ended.`
  if (last.end!.scores.length === 0) return `Over: no candidate of rung ${last.rung + 1} has a score.`
  const promotion = promotionOf(last.end!.scores, last.entrants.length, primaryMetric(record))
  const next = placeAfter(promotion, last, record)
  return `Over: rung ${next + 1} does not fit into what is left of ${duration(3600 * hours)}${paceWords(record.rungs)}. Give more hours to go on.`
}

/** What an epoch takes is known when it ends. */
function overrunWords({ record, hours }: SearchRow): string {
  const used = sum(record.rungs.map(({ end }) => end?.usedSeconds ?? 0)) + (record.spentSeconds ?? 0)
  const over = used - 3600 * hours
  if (over <= shownSeconds) return ''
  const size = over < 60 ? `${Number(over.toPrecision(2))} s` : duration(over)
  return ` It trained ${size} longer than its hours, which are looked at when an epoch ends.`
}

/** Less is of the rounding of sums. */
const shownSeconds = 1e-6

/** Why a rung may not fit whose planned time is left. */
function paceWords(rungs: readonly RungRecord[]): string {
  const slowness = slownessOf(rungs)
  return slowness < 1.1 ? '' : `, as trainings take ${fixed(slowness, 1)} times as long as planned`
}

/** `mixed · head conv: accuracy 58.80 % (standard error 0.40) at 50 % of … on validation samples (3 seeds, rung 3). Its lead of 0.50 points over … may be chance: its 95 % interval is −0.40 … +1.40.` */
export function winnerSentence({ record, budget }: Pick<SearchRow, 'record' | 'budget'>, winner: Winner): string {
  const scale = primaryMetric(record)
  const rung = record.rungs.find((each) => each.rung === winner.rung)!
  const scores = rung.end!.scores
  const own = scores.find(({ candidate }) => candidate === winner.candidate)!
  const test = rung.end!.test?.[scores.indexOf(own)]
  const error = standardError(own, scale)
  const value =
    withUnitOf(number(mean(own.values), scale), scale) +
    (error === null ? '' : ` (standard error ${number(error, scale)})`)
  const on = test ? `, ${withUnitOf(withSpread(test.mean, test.std, scale), scale)} on test samples` : ''
  return `${record.candidates[winner.candidate]!.name}: ${scale.noun} ${value} at ${budgetColumn(budget).title} of the backbone’s cost on validation samples (${plural(own.values.length, 'seed')}, rung ${winner.rung + 1})${on}. ${leadSentence(record, winner, scale)}${test ? '' : ' Test samples are read in the last rung alone.'}`
}

function leadSentence(record: SearchRecord, winner: Winner, metric: NamedMetric): string {
  const { lead, rung } = winner
  if (lead === null) return 'It had no rival.'
  const { difference, low, high, untested, rivals } = lead
  const size = `${number(Math.abs(difference), metric)} ${differenceUnit(metric)}`
  const rival = record.candidates[lead.rival]!.name
  const where = lead.rung === rung ? '' : ` in rung ${lead.rung + 1}`
  if (difference < 0) return `It was ${size} behind ${rival}${where}, which has no score in rung ${rung + 1}.`
  const over = `Its lead of ${size} over ${rival}${where}`
  if (untested !== null) return `${over} is not tested: ${untestedWords[untested]}.`
  const verdict = isDecided(winner) ? 'is beyond chance' : 'may be chance'
  const corrected = rivals === 1 ? '' : `, corrected for ${rivals} rivals,`
  return `${over} ${verdict}: its 95 % interval${corrected} is ${intervalText({ low, high, metric })}.`
}

const number = (value: number, { decimals }: NamedMetric) => fixed(value, decimals)

const withUnitOf = (text: string, { unit }: NamedMetric) => `${text} ${unit}`.trimEnd()

const withSpread = (value: number, spread: number | null, scale: NamedMetric) =>
  spread === null ? number(value, scale) : `${number(value, scale)} ± ${number(spread, scale)}`

const leftOutWords = ({ candidates }: SearchRecord, places: readonly number[]) =>
  places.length > mostNames ? `${places.length} more` : listed(places.map((place) => candidates[place]!.name))
