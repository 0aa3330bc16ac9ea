import type { SearchRung } from '../../../contract/searches.ts'

type Entry = SearchRung['entries'][number]

/** A sign behind a score, and what it means. */
export const outcomeWords: Record<Entry['outcome'], { sign: string; word: string }> = {
  training: { sign: '', word: 'in training' },
  scored: { sign: '', word: 'scored' },
  'goes-on': { sign: '→', word: 'goes on' },
  within: { sign: '≈→', word: 'goes on, within one standard error' },
  dropped: { sign: '', word: 'dropped' },
  'left-out': { sign: '', word: 'left out: the hours do not suffice' },
  out: { sign: '', word: 'out' },
  winner: { sign: '★', word: 'the winner' },
}

/** Whether a candidate is still in the race, or has won it. */
export const isIn = ({ outcome }: Entry): boolean => !['dropped', 'left-out', 'out'].includes(outcome)

/** How its curve ends. */
export function curveEnd(entry: Entry): 'dot' | 'cross' | 'failure' {
  if (isIn(entry)) return 'dot'
  return entry.outcome === 'out' ? 'failure' : 'cross'
}
