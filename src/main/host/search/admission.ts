import type { Entrant } from '../../../shared/runs/search-record.ts'
import type { Promotion } from './promotion.ts'

/** What is left of the hours of a search, and what trainings would take of it at most. */
interface HoursLeft {
  seconds: number
  /** Of the next rung with these candidates. */
  ofRung(candidates: readonly number[]): number
  /** Of the rungs after it, with as many of these as are expected there. */
  ofLater(candidates: readonly number[]): number
}

/**
 * Who of those that go on is trained: what does not fit into the hours is not started, what is trained already costs nothing. Those
 * within a standard error go on only where the rungs after the next one fit as well.
 */
export function admitted(
  { ranked, best, within }: Promotion,
  hours: HoursLeft,
): { entrants: Entrant[]; leftOut: number[] } {
  const entrants: Entrant[] = []
  const leftOut: number[] = []
  const fits = (candidate: number, because: Entrant['because']) => {
    const together = [...entrants.map((each) => each.candidate), candidate]
    const later = because === 'within' ? hours.ofLater(together) : 0
    return hours.ofRung(together) + later <= hours.seconds
  }
  const admit = (candidate: number, because: Entrant['because'], hasRoom = true) => {
    const isTrained = hours.ofRung([candidate]) === 0
    if (isTrained || (hasRoom && fits(candidate, because))) entrants.push({ candidate, because })
    else leftOut.push(candidate)
  }
  for (const { candidate } of ranked.slice(0, best)) admit(candidate, 'best')
  const hasRoom = leftOut.length === 0
  for (const { candidate } of within) admit(candidate, 'within', hasRoom)
  return { entrants, leftOut }
}
