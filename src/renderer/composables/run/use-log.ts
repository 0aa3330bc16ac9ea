import { onScopeDispose } from 'vue'
import type { LogLine } from '../../../shared/runs.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { useHost } from '../../api/host.ts'
import { useGrowing } from './use-growing.ts'
import type { Growing } from './use-growing.ts'

/** Lines that the page holds of one log; the newest are kept. */
export const heldLogLines = 5000

/** The end of the log of a run and of its phases, which goes on growing. */
export function useLog(run: () => string | null, phases: () => readonly string[]): Growing<LogLine> {
  const { client } = useHost()
  const log = useGrowing<LogLine>({
    of: run,
    fetch: (of, after) =>
      client.runs.log({
        run: of,
        after,
        from: after === 0 ? 'end' : 'start',
        limit: after === 0 ? heldLogLines : 10_000,
      }),
    cursor: ({ id }) => id,
    atMost: heldLogLines,
  })
  const belongs = ({ run: of, phase }: LogLine) => of === run() || (phase !== null && phases().includes(phase))
  const leave = useRunsStore().onLog((line) => {
    if (belongs(line)) log.add([line])
  })
  onScopeDispose(leave)
  return log
}
