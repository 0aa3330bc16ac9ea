import type { SearchRung } from '../../../contract/searches.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { RungRecord, SearchRecord } from '../../../shared/runs/search-record.ts'
import { primaryMetric } from '../../../shared/methods/task.ts'
import type { SearchRow } from '../../store/searches.ts'
import type { Store } from '../../store/open.ts'
import type { EvaluationSources } from '../comparison/evaluation/evaluation-reader.ts'
import { meanScore, rankedScores } from './promotion.ts'
import { runsOfRung, type Trained, usedSeconds } from './rung-runs.ts'
import { shownTest } from './shown-test.ts'
import { scoresOfRung } from './scores.ts'

/** What is known of the candidates of a rung. */
type Known = Pick<NonNullable<RungRecord['end']>, 'scores' | 'out'>

/** Of the rung that is being trained, of candidates whose trainings in it are done or failed; nothing while their files are damaged. */
export async function knownSoFar(services: EvaluationSources, search: SearchRow): Promise<Known> {
  const nothing = { scores: [], out: [] }
  const rung = search.record.rungs.at(-1)
  if (rung === undefined || rung.end !== null) return nothing
  const { seeds } = search.record.plan[rung.rung]!
  const hasEnded = ({ runs }: Trained) =>
    runs.some(({ status }) => status === 'failed') ||
    (runs.length === seeds && runs.every(({ status }) => status === 'done'))
  const trained = runsOfRung(services.store, rung).filter(hasEnded)
  try {
    return await scoresOfRung(services, search, { trained, seeds, isLast: false, isOver: false })
  } catch (error) {
    if (error instanceof ExitlabError) return nothing
    throw error
  }
}

/** The rungs, those that are planned too. `soFar`: of the one that is being trained. */
export function ladderOf(store: Store, { record, status }: SearchRow, soFar: Known): SearchRung[] {
  const latest = record.rungs.at(-1)?.rung ?? -1
  return record.plan.flatMap(({ epochs, seeds, candidates, seconds }, place): SearchRung[] => {
    const rung = record.rungs.find((each) => each.rung === place)
    if (rung === undefined && place < latest) return []
    const next = record.rungs[record.rungs.indexOf(rung!) + 1]
    const known = { number: place + 1, epochs, seeds }
    if (rung === undefined) {
      const planned = { candidates, experiment: null, plannedSeconds: seconds, usedSeconds: 0, entries: [] }
      return [{ ...known, state: 'planned', ...planned }]
    }
    const isOver = status === 'done' && rung === record.rungs.at(-1)
    return [
      {
        ...known,
        state: rung.end === null ? 'running' : 'done',
        candidates: rung.entrants.length,
        experiment: rung.enrolled ? (store.experiments.get(rung.experiment)?.name ?? null) : null,
        plannedSeconds: rung.plannedSeconds,
        usedSeconds: usedSeconds(store, rung),
        entries: entriesOf(store, record, { rung, next, isOver, known: rung.end ?? soFar }),
      },
    ]
  })
}

type Entry = SearchRung['entries'][number]

interface Standing {
  rung: RungRecord
  next: RungRecord | undefined
  isOver: boolean
  known: Known
}

/** The best first where the rung has ended; those without a score last. */
function entriesOf(store: Store, record: SearchRecord, { rung, next, isOver, known }: Standing): Entry[] {
  const scale = primaryMetric(record)
  const ranked = rung.end === null ? [] : rankedScores(known.scores, scale)
  const trained = new Map(runsOfRung(store, rung).map(({ candidate, runs }) => [candidate, runs]))
  const test = shownTest(store, record, rung)
  const order = new Set([...ranked, ...rung.entrants].map(({ candidate }) => candidate))
  return [...order].map((candidate) => {
    const place = known.scores.findIndex((each) => each.candidate === candidate)
    const score = known.scores[place]
    const why = known.out.find((each) => each.candidate === candidate)?.why ?? null
    const isWinner = isOver && ranked[0]?.candidate === candidate
    return {
      candidate,
      outcome: why === null ? outcomeOf(candidate, { rung, next, isScored: score !== undefined, isWinner }) : 'out',
      why,
      score: score ? meanScore(score, scale) : null,
      test: test.get(candidate) ?? null,
      runs: (trained.get(candidate) ?? []).map(({ id }) => id),
    }
  })
}

interface Prospects {
  rung: RungRecord
  next: RungRecord | undefined
  isScored: boolean
  isWinner: boolean
}

/** Of a candidate that is not out. */
function outcomeOf(candidate: number, { rung, next, isScored, isWinner }: Prospects): Entry['outcome'] {
  if (rung.end === null) return isScored ? 'scored' : 'training'
  if (isWinner) return 'winner'
  if (next === undefined) return 'scored'
  const entrant = next.entrants.find((each) => each.candidate === candidate)
  if (entrant) return entrant.because === 'within' ? 'within' : 'goes-on'
  return next.leftOut.includes(candidate) ? 'left-out' : 'dropped'
}
