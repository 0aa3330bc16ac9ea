import { shallowRef } from 'vue'
import { byDepth } from '../../shared/evaluation/exit-id.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { HostEvent, Progress } from '../../shared/phases/events.ts'
import type { RunSummary } from '../../shared/runs/runs.ts'
import { frameBatch } from './frame-batch.ts'
import { mergedMap } from './merged-map.ts'

export type EpochEvent = Extract<HostEvent, { type: 'epoch' }>

/**
 * Runs and their progress by id. Both maps are replaced, at most once a frame, when something in them changed; what is in them is
 * never changed in place, so that ten thousand runs need no deep watching.
 */
export function createLiveRuns() {
  const runs = shallowRef<ReadonlyMap<string, RunSummary>>(new Map())
  const progress = shallowRef<ReadonlyMap<string, Progress>>(new Map())
  /** Changes since the last frame; null: deleted. */
  const newRuns = new Map<string, RunSummary | null>()
  const newProgress = new Map<string, Progress | null>()
  const soon = frameBatch(() => {
    if (newRuns.size > 0) runs.value = mergedMap(runs.value, newRuns)
    if (newProgress.size > 0) progress.value = mergedMap(progress.value, newProgress)
  })

  function replaceAll(all: readonly RunSummary[]): void {
    newRuns.clear()
    newProgress.clear()
    runs.value = new Map(all.map((run) => [run.id, run]))
    progress.value = new Map()
  }

  function put(run: RunSummary): void {
    newRuns.set(run.id, run.deleted ? null : run)
    if (run.status !== 'running') newProgress.set(run.id, null)
    soon()
  }

  function remove(id: string): void {
    newRuns.set(id, null)
    soon()
  }

  function putProgress(each: Progress): void {
    newProgress.set(each.run, each)
    soon()
  }

  /** Every run that shares the phase has come further. */
  function completeEpoch(event: EpochEvent): void {
    const known = [...runs.value.values()].filter(({ id }) => !newRuns.has(id))
    for (const run of [...newRuns.values(), ...known])
      if (run?.phases.some(({ id }) => id === event.phase)) newRuns.set(run.id, withEpoch(run, event))
    soon()
  }

  return { runs, progress, replaceAll, put, remove, putProgress, completeEpoch }
}

/** A run with the phase of a completed epoch, updated as by the host. */
function withEpoch(run: RunSummary, { phase, record, metrics }: EpochEvent): RunSummary {
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
