import type { AnalysisRow } from '../../../store/analyses.ts'
import type { RunRow } from '../../../store/runs.ts'
import { requeue } from '../../queue/run-states.ts'
import { resolveRun } from '../../runs/references.ts'
import type { HostServices } from '../services.ts'
import { os } from '../contract.ts'

interface Chosen {
  runs: readonly RunRow[]
  analyses: readonly AnalysisRow[]
}

/** Everything that waits or is worked at, as one. */
export const queue = {
  pause: os.queue.pause.handler(async ({ context }) => {
    const { store, scheduler, analysisQueue } = context
    const chosen = { runs: store.runs.withStatus('queued', 'running'), analyses: store.analyses.toGo() }
    store.transaction(() => {
      for (const { id } of chosen.runs) store.runs.pauseWithAll(id)
      for (const { id } of chosen.analyses) store.analyses.pauseWithAll(id)
    })
    tell(context, chosen)
    await Promise.all([scheduler.release(chosen.runs.map(({ id }) => id)), analysisQueue.release()])
    return tell(context, chosen)
  }),

  resume: os.queue.resume.handler(({ context }) => {
    const { store, scheduler, analysisQueue } = context
    const chosen = { runs: store.runs.pausedWithAll(), analyses: store.analyses.pausedWithAll() }
    scheduler.revive()
    store.transaction(() => {
      for (const { id } of chosen.runs) requeue(store, id)
      for (const { id } of chosen.analyses) store.analyses.setStatus(id, 'queued')
    })
    const answer = tell(context, chosen)
    scheduler.wake()
    analysisQueue.wake()
    return answer
  }),

  ahead: os.queue.ahead.handler(({ input, context: { store } }) =>
    store.runs.waitingBefore(resolveRun(store, input.run, 'any').position),
  ),
}

/** Tells followers how they are now, and the asker too. */
function tell({ store, recorder, analysisRecorder }: HostServices, { runs, analyses }: Chosen) {
  const ids = runs.map(({ id }) => id)
  recorder.runs(ids)
  analysisRecorder.tell(analyses.map(({ id }) => id))
  const left = analyses.flatMap(({ id }) => store.analyses.get(id) ?? [])
  return { runs: store.summaries.of(ids), analyses: left.map((row) => analysisRecorder.summary(row)) }
}
