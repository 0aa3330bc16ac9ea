import { runStatuses, type RunStatus } from '../../shared/runs.ts'
import type { CurrentTraining } from '../../contract/system.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import { canBegin, neededPhases, type NeededPhase } from '../queue/depot/needed-phases.ts'
import { phaseProcesses } from '../queue/external/processes.ts'
import { slurmJobs } from '../queue/slurm/jobs.ts'
import { isTrained } from '../queue/trained-phases.ts'
import { resolveRun } from '../runs/references.ts'
import type { HostServices } from '../services.ts'
import { os } from './contract.ts'

/** What is done at this moment. */
export const status = {
  status: os.system.status.handler(async ({ context }) => {
    const { store, about } = context
    return {
      runs: countRuns(context),
      trainings: currentTrainings(store),
      slurm: about.executor === 'slurm' ? await neededJobs(context) : null,
      external: about.executor === 'external' ? await neededProcesses(context) : null,
    }
  }),
}

export const jobs = {
  jobs: os.runs.jobs.handler(async ({ input, context }) => {
    const { store, about } = context
    const chain = store.phases.chain(resolveRun(store, input.run, 'any').id)
    const none = { jobs: [], problem: null, processes: [] }
    if (about.executor === 'slurm') return { ...none, ...(await jobsOf(context, idsOf(chain))) }
    if (about.executor === 'local') return none
    const open = chain.filter((phase) => !isTrained(phase) && canBegin(store, phase))
    return { ...none, processes: await processesOf(context, idsOf(open)) }
  }),
}

const idsOf = (phases: readonly { id: string }[]) => phases.map(({ id }) => id)

async function neededJobs(context: HostServices) {
  const { phases: needed } = neededPhases(context.store)
  const { jobs, problem } = await jobsOf(context, [...needed.keys()])
  return { jobs: jobs.map((job) => ({ ...job, ...namesOf(needed.get(job.phase)!) })), problem }
}

async function neededProcesses(context: HostServices) {
  const { phases: needed } = neededPhases(context.store)
  const open = [...needed.values()].filter(({ phase }) => canBegin(context.store, phase))
  const processes = await processesOf(context, idsOf(open.map(({ phase }) => phase)))
  return processes.map((each) => ({ ...each, ...namesOf(needed.get(each.phase)!) }))
}

const namesOf = ({ phase, run }: NeededPhase) => ({ name: phase.definition.phase.name, run: run.name })

const jobsOf = ({ slurm, settings }: HostServices, phases: readonly string[]) =>
  slurmJobs(phases, { slurm, depot: settings.current().depot })

const processesOf = ({ settings }: HostServices, phases: readonly string[]) =>
  phaseProcesses(phases, settings.current().depot)

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
