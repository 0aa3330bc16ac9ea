import { runStatuses, type RunStatus } from '../../../shared/runs.ts'
import { neededPhases } from '../queue/depot/needed-phases.ts'
import { slurmJobs } from '../queue/slurm/jobs.ts'
import { currentTrainings } from '../runs/current-trainings.ts'
import { resolveRun } from '../runs/references.ts'
import type { HostServices } from '../services.ts'
import { os } from './contract.ts'

/** What is done at this moment. */
export const status = {
  status: os.system.status.handler(async ({ context }) => {
    const { store } = context
    return {
      runs: countRuns(context),
      trainings: currentTrainings(store),
      slurm: isOnCluster(context) ? await neededJobs(context) : null,
    }
  }),
}

export const jobs = {
  jobs: os.runs.jobs.handler(async ({ input, context }) => {
    if (!isOnCluster(context)) return { jobs: [], problem: null }
    const { id } = resolveRun(context.store, input.run, 'any')
    return jobsOf(
      context,
      context.store.phases.chain(id).map((phase) => phase.id),
    )
  }),
}

const isOnCluster = ({ about }: HostServices) => about.executor === 'slurm'

async function neededJobs(context: HostServices) {
  const needed = neededPhases(context.store)
  const { jobs, problem } = await jobsOf(context, [...needed.keys()])
  const named = jobs.map((job) => {
    const { phase, run } = needed.get(job.phase)!
    return { ...job, name: phase.definition.phase.name, run: run.name }
  })
  return { jobs: named, problem }
}

const jobsOf = ({ slurm, settings }: HostServices, phases: readonly string[]) =>
  slurmJobs(phases, { slurm, depot: settings.current().depot })

function countRuns({ store }: HostServices): Record<RunStatus, number> {
  const counts = store.runs.counts()
  return Object.fromEntries(runStatuses.map((each) => [each, counts.get(each) ?? 0])) as Record<RunStatus, number>
}
