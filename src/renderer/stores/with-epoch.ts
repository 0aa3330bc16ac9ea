import type { HostEvent } from '../../shared/phases/events.ts'
import { byDepth } from '../../shared/evaluation/exit-id.ts'
import type { RunSummary } from '../../shared/runs/runs.ts'
import { primaryMetric } from '../../shared/methods/task.ts'

export type EpochEvent = Extract<HostEvent, { type: 'epoch' }>

/** A run with the phase of a completed epoch, updated as by the host. */
export function withEpoch(run: RunSummary, { phase, record, metrics }: EpochEvent): RunSummary {
  const phases = run.phases.map((each) => (each.id === phase ? { ...each, epochs: record.epoch } : each))
  const epoch = phases.reduce((sum, { epochs }) => sum + epochs, 0)
  const isLatest = phases.findLast(({ epochs }) => epochs > 0)?.id === phase
  const { imagesPerSecond } = record
  const ofEpoch = isLatest ? { exits: validationOf(metrics, run), imagesPerSecond } : run.latest
  return { ...run, phases, latest: ofEpoch && { ...ofEpoch, epoch } }
}

function validationOf(metrics: EpochEvent['metrics'], run: RunSummary): NonNullable<RunSummary['latest']>['exits'] {
  const { name } = primaryMetric(run)
  const ofValidation = metrics.filter(({ split }) => split === 'validation')
  return ofValidation.toSorted(byDepth).map(({ exit, values }) => ({ exit, value: values[name]! }))
}
