import { requireMethods } from '../../../../contract/experiment/stored-methods.ts'
import type { ExperimentSummary } from '../../../../shared/runs/runs.ts'
import type { Store } from '../../../store/open.ts'
import { addToDepot } from '../../experiments/add-to-depot.ts'
import { createExperiment } from '../../experiments/create-experiment.ts'
import { settingsOfExperiment } from '../../runs/setting-differences.ts'
import { planOf } from '../../experiments/plan-experiment.ts'
import { readPresets } from '../../experiments/presets.ts'
import { resolveRun } from '../../runs/references.ts'
import { os } from '../contract.ts'

export const experiments = {
  parse: os.experiments.parse.handler(async ({ input }) => {
    const { parseExperiment } = await import('../../experiments/file/read-experiment.ts')
    return parseExperiment(input.source, 'the experiment')
  }),

  plan: os.experiments.plan.handler(({ input, context }) => planOf(context, input)),

  create: os.experiments.create.handler(({ input, context }) => createExperiment(context, input)),

  moreSeeds: os.experiments.moreSeeds.handler(async ({ input, context }) => {
    const { queueMoreSeeds } = await import('../../experiments/more-seeds.ts')
    return queueMoreSeeds(context, input)
  }),

  addToDepot: os.experiments.addToDepot.handler(({ input, context }) => addToDepot(context, input)),

  list: os.experiments.list.handler(({ context: { store } }) =>
    store.experiments.list().map((experiment) => summaryOf(store, experiment)),
  ),

  settings: os.experiments.settings.handler(({ input, context: { store } }) => {
    const known = input.experiments.map((id) => store.experiments.get(id)).filter((row) => row !== null)
    return Object.fromEntries(
      known.map((row) => [row.id, settingsOfExperiment(row, store.series.ofExperiment(row.id))]),
    )
  }),

  presets: os.experiments.presets.handler(readPresets),

  regimes: os.experiments.regimes.handler(async () => {
    const { regimes } = await import('../../../../engine/regimes/index.ts')
    return regimes.entries().map(([name, { info, phases }]) => ({ name, sentence: info.sentence, phases: [...phases] }))
  }),

  schema: os.experiments.schema.handler(
    async () => (await import('../../experiments/file/schema.ts')).experimentSchema,
  ),

  network: os.experiments.network.handler(async ({ input, context }) => {
    if (!('run' in input)) return (await import('../../experiments/draw-experiment.ts')).drawExperiment(context, input)
    const run = resolveRun(context.store, input.run, 'any')
    const { network } = context.store.series.get(run.seriesId)
    requireMethods({ network, methods: context.store.phases.last(run.id)?.definition.methods }, run)
    const { drawNetwork } = await import('../../../../engine/plan.ts')
    return drawNetwork(network)
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
