import type { SearchDetail } from '../../../contract/searches.ts'
import { hasLook } from '../../../figures/regimes.ts'
import { shortestName, wordOf } from '../../../shared/series.ts'

type Series = SearchDetail['series'][number]

/** Where names of all candidates stand below each other: the regime and the values of its settings. */
export const shortName = ({ regime, settings }: Pick<Series, 'regime' | 'settings'>): string =>
  [regime, ...Object.values(settings).map(wordOf)].join(' ')

/** What the words of short names are, in their order. */
export function shortNameWords(series: readonly Series[]): string {
  const paths = [...new Set(series.flatMap(({ settings }) => Object.keys(settings)))]
  return ['regime', ...paths.map((path) => shortestName(path, paths))].join(', ')
}

/** Candidates look like their regimes: more looks than a few are not told apart. */
export const candidateLook = ({ regime, look }: Pick<Series, 'regime' | 'look'>): number | null =>
  hasLook(regime) ? null : look
