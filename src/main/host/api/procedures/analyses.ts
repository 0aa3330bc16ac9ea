import { analyses as registry } from '../../../../readings/analyses/index.ts'
import type { AnalysisStatus } from '../../../../shared/evaluation/analysis.ts'
import type { AnalysisRow } from '../../../store/analyses.ts'
import { analysisFolder } from '../../../store/workspace.ts'
import { analysedRun } from '../../analyses/analysed-run.ts'
import { ask, summaryFor } from '../../analyses/enqueue.ts'
import { requestedAnalyses } from '../../analyses/request.ts'
import { oneAnalysis, someAnalyses } from '../../analyses/references.ts'
import { reopenSpoilt, shownAnalysis } from '../../analyses/result.ts'
import { analysisTitle } from '../../runs/analysis-title.ts'
import { discard } from '../../workspace/disk/tombstone.ts'
import { jsonSchemaOf } from '../../../../shared/basics/json-schema.ts'
import { resolveRuns } from '../../runs/references.ts'
import type { HostServices } from '../services.ts'
import { os } from '../contract.ts'
import { chosenFor, type StateChange } from './state-change.ts'

const changes = {
  pause: { from: ['queued', 'running'], already: ['paused'], changed: 'paused', those: 'queued or running' },
  resume: {
    from: ['paused', 'failed'],
    already: ['queued', 'running'],
    changed: 'resumed',
    those: 'paused or failed',
  },
} as const satisfies Record<string, StateChange<AnalysisStatus>>

export const analyses = {
  kinds: os.analyses.kinds.handler(() =>
    registry.entries().map(([kind, { info, parameters }]) => {
      const { title, sentence, paper, runs } = info
      const origin = registry.origin(kind)
      return { kind, title, sentence, paper, runs, origin, parameters: jsonSchemaOf(parameters) }
    }),
  ),

  find: os.analyses.find.handler(({ input, context }) => {
    const { parameters, requested } = requestedAnalyses(context.store, input)
    const answers = requested.map((each) => ({
      runs: each.runs.map(({ run }) => analysedRun(context.store, run)),
      analysis: summaryFor(context, each),
    }))
    return { parameters, answers }
  }),

  ask: os.analyses.ask.handler(async ({ input, context }) => ({ analyses: await ask(context, input) })),

  list: os.analyses.list.handler(({ input: { runs, kind }, context }) =>
    listed(context, runs)
      .filter((row) => kind === undefined || row.kind === kind)
      .map((row) => context.analysisRecorder.summary(row)),
  ),

  show: os.analyses.show.handler(({ input, context }) =>
    shownAnalysis(context, oneAnalysis(context.store, input.analysis)),
  ),

  pause: os.analyses.pause.handler(async ({ input, context }) => {
    const { store, analysisQueue, analysisRecorder } = context
    const { changing, unchanged } = chosenFor(changes.pause, named(context, input.analyses), 'analyses')
    store.transaction(() => changing.forEach(({ id }) => store.analyses.setStatus(id, 'paused')))
    analysisRecorder.tell(changing.map(({ id }) => id))
    await analysisQueue.release()
    return summaries(context, [...changing, ...unchanged])
  }),

  resume: os.analyses.resume.handler(async ({ input, context }) => {
    const { store, analysisQueue, analysisRecorder } = context
    for (const row of someAnalyses(store, input.analyses)) await reopenSpoilt(context, row)
    const { changing, unchanged } = chosenFor(changes.resume, named(context, input.analyses), 'analyses')
    // Throws where this version does not have it.
    for (const { kind } of changing) registry.get(kind)
    analysisQueue.revive()
    store.transaction(() => changing.forEach(({ id }) => store.analyses.setStatus(id, 'queued')))
    analysisRecorder.tell(changing.map(({ id }) => id))
    const answer = summaries(context, [...changing, ...unchanged])
    analysisQueue.wake()
    return answer
  }),

  delete: os.analyses.delete.handler(async ({ input, context }) => {
    const ids = someAnalyses(context.store, input.analyses).map(({ id }) => id)
    context.store.freeing(() => ids.forEach((id) => context.store.analyses.remove(id)))
    await forget(context, ids)
    return { analyses: ids }
  }),
}

function listed({ store }: HostServices, references: readonly string[]): AnalysisRow[] {
  if (references.length === 0) return store.analyses.all()
  const runs = resolveRuns(store, references, 'any')
  return store.analyses.ofPhases(runs.map(({ id }) => store.phases.chain(id).at(-1)!.id))
}

function named({ store }: HostServices, references: readonly string[]) {
  return someAnalyses(store, references).map((row) => ({ ...row, name: analysisTitle(row) }))
}

function summaries({ store, analysisRecorder }: HostServices, rows: readonly { id: string }[]) {
  // Deleted meanwhile: nothing to report.
  const existing = rows.flatMap(({ id }) => store.analyses.get(id) ?? [])
  return { analyses: existing.map((row) => analysisRecorder.summary(row)) }
}

/** Removes the files of analyses; those of a running analysis after it has ended. */
async function forget({ store, events, analysisQueue, analysisRecorder }: HostServices, ids: readonly string[]) {
  for (const id of ids) {
    analysisRecorder.forget(id)
    events.publish({ type: 'analysis-deleted', analysis: id })
  }
  const left = ids.filter((id) => !analysisQueue.isAt(id)).map((id) => analysisFolder(store.workspace, id))
  await Promise.all([discard(left), analysisQueue.release()])
}
