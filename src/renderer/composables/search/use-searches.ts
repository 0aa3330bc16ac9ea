import { ref } from 'vue'
import { useHost } from '../../api/host.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { useLiveRequest } from '../use-live-request.ts'

/** Number of changes of searches, or of one (id), since this was called. */
function useSearchChanges(about: () => string | null) {
  const changes = ref(0)
  const runs = useRunsStore()
  runs.onSearch((search) => {
    if (about() === null || about() === search) changes.value++
  })
  // Hours that are used, and how far trainings are.
  runs.onEpoch(() => void changes.value++)
  return changes
}

/** Every search, the newest first. */
export function useSearches() {
  const { client } = useHost()
  const changes = useSearchChanges(() => null)
  return useLiveRequest((signal) => client.searches.list(undefined, { signal }), { changes: () => changes.value })
}

/** All that is known of a search, as it goes on. */
export function useSearch(id: () => string) {
  const { client } = useHost()
  const changes = useSearchChanges(id)
  return useLiveRequest((signal) => client.searches.show({ search: id() }, { signal }), {
    changes: () => changes.value,
    everyMilliseconds: 500,
  })
}
