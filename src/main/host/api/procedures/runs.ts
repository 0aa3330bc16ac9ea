import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { Store } from '../../../store/open.ts'
import { measureLatency } from '../../comparison/evaluation/measure-latency.ts'
import { phaseGraph } from '../../runs/phase-graph.ts'
import { resolveRun, resolveRuns, sharedNames } from '../../runs/references.ts'
import { runCurves } from '../../runs/run-curves.ts'
import { runDetail } from '../../runs/run-detail.ts'
import { os } from '../contract.ts'

/** Looking at runs, and what people write beside them. */
export const runQueries = {
  list: os.runs.list.handler(({ input, context: { store } }) => {
    const deleted = input.deleted
    if (input.runs.length === 0) return store.summaries.all().filter((run) => run.deleted === deleted)
    const runs = resolveRuns(store, input.runs, deleted ? 'deleted' : 'kept')
    return store.summaries.of(runs.map(({ id }) => id))
  }),

  summaries: os.runs.summaries.handler(({ input: { ids }, context: { store } }) => store.summaries.of(ids)),

  sharedNames: os.runs.sharedNames.handler(({ input, context: { store } }) => sharedNames(store, input.runs)),

  show: os.runs.show.handler(({ input, context: { store } }) => runDetail(store, resolveRun(store, input.run, 'any'))),

  snapshot: os.runs.snapshot.handler(({ context: { store, events } }) => {
    const kept = store.summaries.all().filter((run) => !run.deleted)
    return { cursor: events.cursor(), runs: new Blob([JSON.stringify(kept)], { type: 'application/json' }) }
  }),

  lineage: os.runs.lineage.handler(({ input, context: { store } }) =>
    phaseGraph(store, resolveRun(store, input.run, 'any')),
  ),

  curves: os.runs.curves.handler(({ input: { runs, ...query }, context: { store } }) => {
    const { series, values } = runCurves(store, resolveRuns(store, runs, 'any'), query)
    return { series, values: new Blob([values]) }
  }),

  epochs: os.runs.epochs.handler(({ input: { phase, after }, context: { store } }) => {
    refuseUnknownPhase(store, phase)
    return { records: store.epochs.after(phase, after), metrics: store.epochs.metricsAfter(phase, after) }
  }),

  dominance: os.runs.dominance.handler(({ input: { phase, after }, context: { store } }) => {
    refuseUnknownPhase(store, phase)
    return store.dominance.after(phase, after)
  }),

  samples: os.runs.samples.handler(({ input: { phase, after }, context: { store } }) => {
    refuseUnknownPhase(store, phase)
    return store.stepSamples.after(phase, after)
  }),

  measureLatency: os.runs.measureLatency.handler(({ input, context }) =>
    measureLatency(context, { runs: resolveRuns(context.store, input.runs, 'any'), batchSize: input.batchSize }),
  ),

  log: os.runs.log.handler(({ input: { run, ...part }, context: { store } }) =>
    store.logLines.ofRun(resolveRun(store, run, 'any').id, part),
  ),
}

function refuseUnknownPhase(store: Store, phase: string): void {
  if (store.phases.get(phase) === null) throw new ExitlabError('not-found', `There is no phase ${phase}.`)
}

export const runNotes = {
  tag: os.runs.tag.handler(({ input, context: { store, recorder } }) => {
    const ids = resolveRuns(store, input.runs, 'any').map(({ id }) => id)
    store.transaction(() => {
      for (const id of ids) {
        for (const tag of input.add) store.tags.add(id, tag)
        for (const tag of input.remove) store.tags.remove(id, tag)
      }
    })
    recorder.runs(ids)
    return { runs: store.summaries.of(ids) }
  }),

  note: os.runs.note.handler(({ input, context: { store, recorder } }) => {
    const { id } = resolveRun(store, input.run, 'any')
    store.notes.put(id, input.note, recorder.now())
    recorder.runs([id])
    return { runs: store.summaries.of([id]) }
  }),
}
