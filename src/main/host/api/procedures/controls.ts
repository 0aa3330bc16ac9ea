import type { RunStatus } from '../../../../shared/runs/runs.ts'
import type { RunRow } from '../../../store/runs.ts'
import { haltRuns, moveRuns, queueAgain, reopenDamaged } from '../../queue/control-runs.ts'
import { requireNext } from '../../queue/trained-phases.ts'
import { resolveRuns } from '../../runs/references.ts'
import type { HostServices } from '../services.ts'
import { os } from '../contract.ts'
import { deleteRuns } from './purge.ts'
import { chosenFor, type StateChange } from './state-change.ts'

const changes = {
  pause: { from: ['queued', 'running'], already: ['paused'], changed: 'paused', those: 'queued or running' },
  resume: {
    from: ['paused', 'stopped', 'failed'],
    already: ['queued', 'running'],
    changed: 'resumed',
    those: 'paused, stopped or failed',
  },
  stop: {
    from: ['queued', 'running', 'paused'],
    already: ['stopped'],
    changed: 'stopped',
    those: 'waiting or running',
  },
  retry: {
    from: ['failed', 'stopped'],
    already: ['queued', 'running'],
    changed: 'retried',
    those: 'failed or stopped',
  },
} as const satisfies Record<string, StateChange<RunStatus>>

export const runControls = {
  pause: os.runs.pause.handler(({ input, context }) =>
    halt(context, chosen(context, input.runs, changes.pause), 'paused'),
  ),

  stop: os.runs.stop.handler(({ input, context }) =>
    halt(context, chosen(context, input.runs, changes.stop), 'stopped'),
  ),

  resume: os.runs.resume.handler(({ input, context }) => again(context, chosen(context, input.runs, changes.resume))),

  retry: os.runs.retry.handler(async ({ input, context }) => {
    await reopenDamaged(context, resolveRuns(context.store, input.runs))
    return again(context, chosen(context, input.runs, changes.retry))
  }),

  move: os.runs.move.handler(({ input, context }) => {
    const { store, recorder } = context
    const runs = resolveRuns(store, input.runs)
    recorder.runs(moveRuns(store, runs, targetOf(context, input.to)))
    return { runs: store.summaries.of(runs.map(({ id }) => id)) }
  }),

  delete: os.runs.delete.handler(async ({ input, context }) => {
    const runs = resolveRuns(context.store, input.runs)
    await deleteRuns(context, runs)
    return told(context, runs)
  }),

  restore: os.runs.restore.handler(({ input, context }) => {
    const { store, scheduler, analysisQueue } = context
    const runs = resolveRuns(store, input.runs, 'deleted')
    scheduler.revive()
    store.transaction(() => runs.forEach(({ id }) => store.runs.setDeleted(id, null)))
    scheduler.wake()
    analysisQueue.wake()
    return told(context, runs)
  }),
}

function chosen({ store }: HostServices, references: readonly string[], change: StateChange<RunStatus>) {
  return chosenFor(change, resolveRuns(store, references), 'runs')
}

type Chosen = ReturnType<typeof chosen>

async function halt(context: HostServices, { changing, unchanged }: Chosen, status: 'paused' | 'stopped') {
  await haltRuns(context, idsOf(changing), status)
  return told(context, [...changing, ...unchanged])
}

function again(context: HostServices, { changing, unchanged }: Chosen) {
  changing.forEach((run) => requireNext(context.store, run))
  return { runs: [...queueAgain(context, idsOf(changing)), ...context.store.summaries.of(idsOf(unchanged))] }
}

const idsOf = (runs: readonly RunRow[]) => runs.map(({ id }) => id)

/** Tells followers how runs are now, and the asker too. */
function told({ store, recorder }: HostServices, runs: readonly RunRow[]) {
  const ids = idsOf(runs)
  recorder.runs(ids)
  return { runs: store.summaries.of(ids) }
}

function targetOf({ store }: HostServices, to: 'front' | 'back' | { before: string }): 'front' | 'back' | string {
  if (typeof to === 'string') return to
  return resolveRuns(store, [to.before])[0]!.id
}
