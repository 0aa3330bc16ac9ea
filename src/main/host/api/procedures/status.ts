import { runStatuses, type RunStatus } from '../../../../shared/runs/runs.ts'
import type { CurrentTraining } from '../../../../contract/system.ts'
import type { Store } from '../../../store/open.ts'
import type { PhaseRow } from '../../../store/phases.ts'
import { canBegin, neededPhases, type NeededPhase } from '../../queue/depot/needed-phases.ts'
import type { ExecutorKind } from '../../queue/executor.ts'
import { executors } from '../../queue/executors.ts'
import { isTrained } from '../../queue/trained-phases.ts'
import { resolveRun } from '../../runs/references.ts'
import type { HostServices } from '../services.ts'
import { os } from '../contract.ts'

/** What is done at this moment. */
export const status = {
  status: os.system.status.handler(async ({ context }) => {
    const { jobs, processes } = executors[context.about.executor]
    return {
      runs: countRuns(context),
      trainings: currentTrainings(context.store),
      slurm: jobs ? await neededJobs(context, jobs) : null,
      external: processes ? await neededProcesses(context, processes) : null,
    }
  }),
}

export const jobs = {
  jobs: os.runs.jobs.handler(async ({ input, context }) => {
    const { store, about, settings, slurm } = context
    const chain = store.phases.chain(resolveRun(store, input.run, 'any').id)
    const { jobs, processes } = executors[about.executor]
    const { depot } = settings.current()
    const open = () => chain.filter((phase) => !isTrained(phase) && canBegin(store, phase))
    return {
      ...((await jobs?.(idsOf(chain), { slurm, depot })) ?? { jobs: [], problem: null }),
      processes: (await processes?.(idsOf(open()), depot)) ?? [],
    }
  }),
}

const idsOf = (phases: readonly { id: string }[]) => phases.map(({ id }) => id)

async function neededJobs({ store, slurm, settings }: HostServices, jobsOf: NonNullable<ExecutorKind['jobs']>) {
  const { phases: needed } = neededPhases(store)
  const { jobs, problem } = await jobsOf([...needed.keys()], { slurm, depot: settings.current().depot })
  return { jobs: jobs.map((job) => ({ ...job, ...namesOf(needed.get(job.phase)!) })), problem }
}

async function neededProcesses({ store, settings }: HostServices, processesOf: NonNullable<ExecutorKind['processes']>) {
  const { phases: needed } = neededPhases(store)
  const open = [...needed.values()].filter(({ phase }) => canBegin(store, phase))
  const processes = await processesOf(idsOf(open.map(({ phase }) => phase)), settings.current().depot)
  return processes.map((each) => ({ ...each, ...namesOf(needed.get(each.phase)!) }))
}

const namesOf = ({ phase, run }: NeededPhase) => ({ name: phase.definition.phase.name, run: run.name })

function countRuns({ store }: HostServices): Record<RunStatus, number> {
  const counts = store.runs.counts()
  return Object.fromEntries(runStatuses.map((each) => [each, counts.get(each) ?? 0])) as Record<RunStatus, number>
}

/** Runs that are being trained or evaluated, in queue order, with the phase that each is at. */
function currentTrainings(store: Store): CurrentTraining[] {
  return store.runs.withStatus('running').map(({ id, name }) => {
    const phase = store.phases.chain(id).find(({ status }) => status === 'running')
    return { run: { id, name }, phase: phase === undefined ? null : progressOf(store, { run: id, phase }) }
  })
}

function progressOf(store: Store, { run, phase }: { run: string; phase: PhaseRow }): CurrentTraining['phase'] {
  const { id, definition, epochs, batchesPerEpoch } = phase
  const { name } = definition.phase
  const { epochs: maxEpochs, batchSize } = definition.training
  const sample = store.stepSamples.latest(id)
  const imagesPerSecond = sample?.imagesPerSecond ?? store.epochs.after(id, epochs - 1).at(-1)?.imagesPerSecond ?? null
  const atThisPace = batchesPerEpoch && imagesPerSecond ? (batchesPerEpoch * batchSize) / imagesPerSecond : null
  const perEpoch = store.epochs.pace({ phase: id, run }) ?? atThisPace
  const begun = sample?.epoch === epochs + 1 && batchesPerEpoch ? sample.batch / batchesPerEpoch : 0
  const secondsLeftAtMost = perEpoch === null ? null : perEpoch * (maxEpochs - epochs - begun)
  return { id, name, epochs, maxEpochs, imagesPerSecond, secondsLeftAtMost }
}
