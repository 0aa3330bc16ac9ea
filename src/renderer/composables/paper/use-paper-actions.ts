import type { ComputedRef, Ref } from 'vue'
import { plural } from '../../../shared/format/numbers.ts'
import type { PaperScale, PaperStatus } from '../../../shared/paper/paper.ts'
import { useHost } from '../../api/host.ts'
import { useToastsStore } from '../../stores/toasts.ts'
import { useAction } from '../use-action.ts'
import { useConfirm } from '../use-confirm.ts'
import { useSaveFolder } from '../use-save-folder.ts'
import { missingOf, startQuestion } from './start-question.ts'

/** `what` names some items in a sentence: `3 tables and figures`. */
export function usePaperActions(
  { scale, status }: { scale: Ref<PaperScale>; status: ComputedRef<PaperStatus | null> },
  { what, refresh }: { what: (items: readonly string[]) => string; refresh: () => Promise<void> },
) {
  const { client } = useHost()
  const confirm = useConfirm()
  const toasts = useToastsStore()
  const saveFolder = useSaveFolder()
  const starting = useAction()
  const reporting = useAction()

  /** Queues what is missing of tables and figures, after a question. No ids: of all. */
  async function start(items: readonly string[]): Promise<void> {
    if (status.value === null) return
    const input = { scale: scale.value, items: [...items] }
    const missing = missingOf(status.value, items)
    if (!(await confirm(startQuestion(missing, what(items))))) return
    const queued = await starting.run('Could not start what is missing', () => client.paper.start(input))
    if (queued === undefined) return
    toasts.show({ text: queuedWords(queued) })
    const known = new Set(missing.blocked.map(({ file }) => file))
    for (const { file, message } of queued.problems) {
      if (!known.has(file)) toasts.show({ kind: 'error', text: `${file} could not be started: ${message}` })
    }
    await refresh()
  }

  /** Saves the report on tables and figures. No ids: on all. */
  async function saveReport(items: readonly string[]): Promise<void> {
    const input = { scale: scale.value, items: [...items] }
    await reporting.run('Could not save the report', async () =>
      saveFolder(`exitlab-paper-${input.scale}`, await client.paper.files(input)),
    )
  }

  return { start, starting: starting.busy, saveReport, reporting: reporting.busy }
}

/** `12 runs and 1 analysis are queued` */
function queuedWords({ runs, analyses }: { runs: number; analyses: number }): string {
  const parts = [
    ...(runs > 0 ? [plural(runs, 'run')] : []),
    ...(analyses > 0 ? [plural(analyses, 'analysis', 'analyses')] : []),
  ]
  if (parts.length === 0) return 'Nothing could be queued: what is missing waits for runs, data or weights'
  return `${parts.join(' and ')} ${runs + analyses === 1 ? 'is' : 'are'} queued`
}
