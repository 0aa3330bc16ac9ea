import type { SearchRung } from '../../../contract/searches.ts'
import { plural } from '../../../shared/format/numbers.ts'

/** `4 epochs, 1 seed · 24, 9 go on` */
export function rungWords({ epochs, seeds, candidates, state, entries }: SearchRung): string {
  const what = `${plural(epochs, 'epoch')}, ${plural(seeds, 'seed')}`
  const goOn = entries.filter(({ outcome }) => outcome === 'goes-on' || outcome === 'within').length
  if (state === 'running') return `${what} · training`
  return state === 'planned' ? what : `${what} · ${candidates}${goOn > 0 ? `, ${goOn} go on` : ''}`
}
