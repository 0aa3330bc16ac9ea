import { computed } from 'vue'
import type { HostClient } from '../../../contract/index.ts'
import type { PaperScale } from '../../../shared/paper/paper.ts'
import { useHost } from '../../api/host.ts'
import { useLiveRequest } from '../use-live-request.ts'
import type { HostRequest } from '../use-request.ts'

/** What is read of the paper. */
export interface PaperSubject {
  scale: PaperScale
  /** Id of a table or figure; null: all of them. */
  item: string | null
  /** What is done of it, of runs and analyses. */
  done: number
}

type Input = { scale: PaperScale; items: string[] }
type Ask<T> = (client: HostClient, input: Input, options: { signal: AbortSignal }) => Promise<T>

/** Reads a part of the paper, again when more of it is done. */
export function usePaperRead<T>(subject: () => PaperSubject, ask: Ask<T>): HostRequest<T> {
  const { client } = useHost()
  // One at a time: what is done changes alone.
  const scale = computed(() => subject().scale)
  const item = computed(() => subject().item)
  const input = () => ({ scale: scale.value, items: item.value === null ? [] : [item.value] })
  return useLiveRequest((signal) => ask(client, input(), { signal }), { changes: () => subject().done })
}
