import type { SearchRung } from '../../../contract/searches.ts'
import { plural } from '../../../shared/format/numbers.ts'

/** `4 epochs, 1 seed · 24, 9 go on` */
export function rungWords({ epochs, seeds, candidates, state, entries }: SearchRung): string {
  const what = `${plural(epochs, 'epoch')}, ${plural(seeds, 'seed')}`
  const goOn = entries.filter(({ outcome }) => outcome === 'goes-on' || outcome === 'within').length
  if (state === 'running') return `${what} · training`
  return state === 'planned' ? what : `${what} · ${candidates}${goOn > 0 ? `, ${goOn} go on` : ''}`
}

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
