import type { ExperimentSummary } from '../../../shared/runs.ts'
import type { Store } from '../../store/open.ts'
import { insertExperiment } from '../experiments/insert-experiment.ts'
import { settingsOf } from '../experiments/setting-differences.ts'
import { planOf } from '../experiments/plan-experiment.ts'
import { readPresets } from '../experiments/presets.ts'
import { resolveRun } from '../runs/references.ts'
import { reopenDamaged } from '../queue/reopen-damaged.ts'
import { os } from './contract.ts'

/** Loads the reader of experiment files and the planning of networks, which looking at runs does without. */
const resolving = () => import('../experiments/resolve-experiment.ts')

export const experiments = {
  parse: os.experiments.parse.handler(async ({ input }) => {
    const { parseExperiment } = await import('../experiment-file/read-experiment.ts')
    return parseExperiment(input.source, 'the experiment')
  }),

  plan: os.experiments.plan.handler(({ input, context }) => planOf(context, input)),

  create: os.experiments.create.handler(async ({ input, context }) => {
    const { store, recorder, scheduler, analysisQueue } = context
    const { resolveExperiment } = await resolving()
    const resolved = await resolveExperiment(context, input)
    scheduler.revive()
    const { created, runs } = insertExperiment(store, { input, resolved, now: recorder.now() })
    await reopenDamaged(
      context,
      runs.map((id) => store.runs.get(id)!),
    )
    recorder.runs(runs)
    scheduler.wake()
    // Runs that were deleted and are now restored.
    analysisQueue.wake()
    return { id: resolved.lineage.experimentId, created, runs: store.summaries.of(runs) }
  }),

  list: os.experiments.list.handler(({ context: { store } }) =>
    store.experiments.list().map((experiment) => summaryOf(store, experiment)),
  ),

  settings: os.experiments.settings.handler(({ input, context: { store } }) => {
    const known = input.experiments.map((id) => store.experiments.get(id)).filter((row) => row !== null)
    return Object.fromEntries(known.map((row) => [row.id, settingsOf(row, store.series.first(row.id).network)]))
  }),

  presets: os.experiments.presets.handler(readPresets),

  schema: os.experiments.schema.handler(async () => (await import('../experiment-file/schema.ts')).experimentSchema),

  network: os.experiments.network.handler(async ({ input, context }) => {
    if (!('run' in input)) return (await import('../experiments/draw-experiment.ts')).drawExperiment(context, input)
    const { seriesId } = resolveRun(context.store, input.run, 'any')
    const { drawNetwork } = await import('../../engine/plan.ts')
    return drawNetwork(context.store.series.get(seriesId).network)
  }),
}

function summaryOf(
  store: Store,
  { id, name, createdAt }: Pick<ExperimentSummary, 'id' | 'name' | 'createdAt'>,
): ExperimentSummary {
  const all = store.runs.ofExperiment(id)
  const runs = all.filter(({ deletedAt }) => deletedAt === null)
  const done = runs.filter(({ status }) => status === 'done').length
  const regimes = [...new Set(all.map(({ regime }) => regime))]
  const seeds = [...new Set(all.map(({ seed }) => seed))].sort((a, b) => a - b)
  return { id, name, createdAt, regimes, seeds, runs: runs.length, done }
}
