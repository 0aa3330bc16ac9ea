import { chosenSearch, deleteSearch, haltSearch, resumeSearch } from '../../search/control-search.ts'
import { os } from '../contract.ts'

/** Searches for the best series; what resolves experiments is loaded where one is started or looked at. */
export const searches = {
  list: os.searches.list.handler(async ({ context: { store } }) => {
    const { summaryOf } = await import('../../search/detail.ts')
    return store.searches.all().map((search) => summaryOf(store, search))
  }),

  show: os.searches.show.handler(async ({ input, context }) => {
    const { detailOf } = await import('../../search/detail.ts')
    return detailOf(context, chosenSearch(context.store, input.search))
  }),

  start: os.searches.start.handler(async ({ input, context, signal }) => {
    const { startSearch } = await import('../../search/start-search.ts')
    return { search: await startSearch(context, input, signal) }
  }),

  pause: os.searches.pause.handler(({ input, context }) => haltSearch(context, input.search, 'paused')),
  stop: os.searches.stop.handler(({ input, context }) => haltSearch(context, input.search, 'stopped')),
  resume: os.searches.resume.handler(({ input, context }) => resumeSearch(context, input.search, input.hours)),
  delete: os.searches.delete.handler(({ input, context }) => deleteSearch(context, input.search)),
}
