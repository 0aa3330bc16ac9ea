import { computed } from 'vue'
import type { PaperScale } from '../../../shared/paper.ts'
import type { PaperReport } from '../../../shared/paper-report.ts'
import { useHost } from '../../api/host.ts'
import { useLiveRequest } from '../use-live-request.ts'
import type { HostRequest } from '../use-request.ts'

/** The report on all tables and figures, made anew when more runs are done. */
export function usePaperReport(about: () => { scale: PaperScale; done: number }): HostRequest<PaperReport> {
  const { client } = useHost()
  const scale = computed(() => about().scale)
  return useLiveRequest((signal) => client.paper.report({ scale: scale.value }, { signal }), {
    changes: () => about().done,
  })
}
