import type { ExperimentSummary } from '../../../shared/runs.ts'
import type { Store } from '../../store/open.ts'
import type { ExperimentRow } from '../../store/experiments.ts'
import { enrol } from '../enrol.ts'
import { estimateSeconds } from '../estimate.ts'
import { distinctPhases } from '../lineage.ts'
import { reopenDamaged } from '../reopen-damaged.ts'
import { os } from './contract.ts'

/** Loads the reader of experiment files and the planning of networks, which looking at runs does without. */
const unfolding = () => import('../unfold.ts')

export const experiments = {
  parse: os.experiments.parse.handler(async ({ input }) => {
    const { parseExperiment } = await import('../experiment/read-experiment.ts')
    return parseExperiment(input.source, 'the experiment')
  }),

  plan: os.experiments.plan.handler(async ({ input, context }) => {
    const { store, trainers } = context
    const { unfold } = await unfolding()
    const { lineage, plan, dataset } = await unfold(context, input)
    const { training } = input.file
    const phases = distinctPhases(lineage)
    const open = phases.flatMap((phase) => {
      const known = store.phases.get(phase.id)
      return known?.status === 'done' ? [] : [{ phase, epochsLeft: training.epochs - (known?.epochs ?? 0) }]
    })
    return {
      ...plan.costs,
      runs: lineage.runs.length,
      phases: phases.length,
      phasesDone: phases.length - open.length,
      estimatedSeconds: input.calibrate ? await estimateSeconds({ trainers, training, dataset, phases: open }) : null,
      caveats: caveatsOf(dataset.counts, open.length),
    }
  }),

  create: os.experiments.create.handler(async ({ input, context }) => {
    const { store, recorder, scheduler } = context
    const { unfold } = await unfolding()
    const unfolded = await unfold(context, input)
    scheduler.revive()
    const { created, runs } = enrol(store, { input, unfolded, now: recorder.now() })
    await reopenDamaged(
      context,
      runs.map((id) => store.runs.get(id)!),
    )
    recorder.runs(runs)
    scheduler.wake()
    return { id: unfolded.lineage.experimentId, created, runs: store.summaries.of(runs) }
  }),

  list: os.experiments.list.handler(({ context: { store } }) =>
    store.experiments.all().map((experiment) => summaryOf(store, experiment)),
  ),
}

function summaryOf(store: Store, { id, name, createdAt, file }: ExperimentRow): ExperimentSummary {
  const runs = store.runs.ofExperiment(id).filter(({ deletedAt }) => deletedAt === null)
  const done = runs.filter(({ status }) => status === 'done').length
  return { id, name, createdAt, regimes: file.regimes, seeds: file.seeds, runs: runs.length, done }
}

/** Where the numbers of a plan need a grain of salt. */
function caveatsOf(counts: { validation: number; test: number }, phasesToTrain: number): string[] {
  const caveats: string[] = []
  if (phasesToTrain > 0 && counts.validation < 500) {
    caveats.push(
      `Only ${counts.validation} validation images: early stopping and thresholds will be noisy ` +
        `(one image is ${(100 / counts.validation).toFixed(1)} points).`,
    )
  }
  return caveats
}
