import type { PaperExperiment, PaperStatus } from '../../../shared/paper/paper.ts'

/** A status with the times and sizes of an earlier estimate where it has none itself. Work that was done since is still in them. */
export function estimatedStatus(status: PaperStatus, estimate: PaperStatus | null): PaperStatus {
  if (estimate === null) return status
  const known = new Map(estimate.experiments.map((experiment) => [experiment.file, experiment]))
  const { total } = status
  return {
    ...status,
    experiments: status.experiments.map((experiment) => estimatedExperiment(experiment, known.get(experiment.file))),
    total: {
      ...total,
      remainingSeconds: total.remainingSeconds ?? estimate.total.remainingSeconds,
      bytes: total.bytes ?? estimate.total.bytes,
    },
  }
}

function estimatedExperiment(experiment: PaperExperiment, estimate: PaperExperiment | undefined): PaperExperiment {
  return {
    ...experiment,
    remainingSeconds: experiment.remainingSeconds ?? estimate?.remainingSeconds ?? null,
    bytes: experiment.bytes ?? estimate?.bytes ?? null,
  }
}
