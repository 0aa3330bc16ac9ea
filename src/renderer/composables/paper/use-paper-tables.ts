import { computed } from 'vue'
import { useHost } from '../../api/host.ts'
import type { PaperTable } from '../../../shared/paper-report.ts'
import { useLiveRequest } from '../use-live-request.ts'
import type { HostRequest } from '../use-request.ts'
import type { PaperSubject } from './paper-subject.ts'

/** The tables of an item with published and own values, read again when more runs are done. */
export function usePaperTables(subject: () => PaperSubject): HostRequest<PaperTable[]> {
  const { client } = useHost()
  // One at a time: what is done changes alone.
  const scale = computed(() => subject().scale)
  const item = computed(() => subject().item)
  return useLiveRequest((signal) => client.paper.tables({ scale: scale.value, items: [item.value] }, { signal }), {
    changes: () => subject().done,
  })
}
