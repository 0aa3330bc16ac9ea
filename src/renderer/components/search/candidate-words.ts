import type { SearchDetail } from '../../../contract/searches.ts'
import { shortestName, wordOf } from '../../../shared/experiment/series.ts'

type Series = SearchDetail['series'][number]

/** Where names of all candidates stand below each other: the regime and the values of its settings. */
export const shortName = ({ regime, settings }: Pick<Series, 'regime' | 'settings'>): string =>
  [regime, ...Object.values(settings).map(wordOf)].join(' ')

/** What the words of short names are, in their order. */
export function shortNameWords(series: readonly Series[]): string {
  const paths = [...new Set(series.flatMap(({ settings }) => Object.keys(settings)))]
  return ['regime', ...paths.map((path) => shortestName(path, paths))].join(', ')
}
