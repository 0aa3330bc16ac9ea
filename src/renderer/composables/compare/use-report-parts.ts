import { computed } from 'vue'
import { useHost } from '../../api/host.ts'
import { useAddress } from '../use-address.ts'
import { useRequest } from '../use-request.ts'

/** What a report has, as the address says it: all, where it says nothing. */
export function useReportParts() {
  const { client } = useHost()
  const address = useAddress()
  const topics = useRequest((signal) => client.reports.topics(undefined, { signal }))
  /** Readings and analyses, in the order of the report. */
  const all = computed(() => topics.data.value ?? [])
  const parts = computed(() => address.text('parts'))
  /** Names of those that it has. */
  const chosen = computed(() => {
    const names = parts.value?.split(',') ?? null
    return all.value.map(({ name }) => name).filter((name) => names === null || names.includes(name))
  })
  /** What is asked for by name: nothing where all are chosen, so that parts which do not apply are left out. */
  const named = computed(() => (chosen.value.length === all.value.length ? [] : chosen.value))

  function choose(name: string, isChosen: boolean): void {
    const names = all.value
      .map((each) => each.name)
      .filter((each) => (each === name ? isChosen : chosen.value.includes(each)))
    // A word that names nothing keeps an empty choice in the address.
    address.change({ parts: names.length === all.value.length ? null : names.join(',') || 'none' })
  }
  return { all, error: topics.error, chosen, named, choose }
}
