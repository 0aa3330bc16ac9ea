import { shallowRef } from 'vue'
import type { Progress } from '../../shared/phases/events.ts'
import type { RunSummary } from '../../shared/runs/runs.ts'
import { frameBatch } from './frame-batch.ts'
import { mergedMap } from './merged-map.ts'
import { type EpochEvent, withEpoch } from './with-epoch.ts'

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
