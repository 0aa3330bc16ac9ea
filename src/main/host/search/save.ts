import type { SearchRow } from '../../store/searches.ts'
import type { SearchServices } from './services.ts'

/** Changes what is stored of a search and tells followers. It may have been paused, or deleted, since it was read. */
export function saveSearch(
  { store, events }: Pick<SearchServices, 'store' | 'events'>,
  id: string,
  change: (search: SearchRow) => Partial<SearchRow>,
): void {
  store.transaction(() => {
    const search = store.searches.get(id)
    if (search !== null) store.searches.put({ ...search, ...change(search) })
  })
  events.publish({ type: 'search', search: id })
}
