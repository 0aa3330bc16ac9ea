import { createEventHook } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { HostEvent, Progress } from '../../shared/events.ts'
import { primaryMetric } from '../../shared/task.ts'
import type { LogLine, RunSummary } from '../../shared/runs.ts'
import { useHost } from '../api/host.ts'
import { messageOf, isAnswer } from '../api/errors.ts'
import { plural } from '../../shared/format/numbers.ts'
import { frameBatch } from './frame-batch.ts'
import { mergedMap } from './merged-map.ts'
import { useUndoStore } from './undo.ts'
import { byDepth } from '../../shared/exit-id.ts'
import type { HostClient } from '../../shared/contract.ts'

type Ids = readonly string[]
export type AnalysisEvent = Extract<HostEvent, { type: 'analysis' | 'analysis-deleted' }>
/** Target positions in the queue. */
export type QueuePosition = 'front' | 'back' | { before: string }

/**
 * Every run that is not deleted, kept up to date by the host's events. Both maps are replaced, at most once a frame, when
 * something in them changed; what is in them is never changed in place, so that ten thousand runs need no deep watching.
 */
export const useRunsStore = defineStore('runs', () => {
  const { client } = useHost()
  const runs = shallowRef<ReadonlyMap<string, RunSummary>>(new Map())
  const progress = shallowRef<ReadonlyMap<string, Progress>>(new Map())
  const loaded = ref(false)
  const error = ref<string | null>(null)
  const epochs = createEventHook<EpochEvent>()
  const logLines = createEventHook<LogLine>()
  const analysisEvents = createEventHook<AnalysisEvent>()
  const importEvents = createEventHook<void>()
  const activities = createEventHook<string>()
  /** Number of complete fetches. */
  const loads = ref(0)

  /** Changes since the last frame; null: deleted. */
  const newRuns = new Map<string, RunSummary | null>()
  const newProgress = new Map<string, Progress | null>()
  const soon = frameBatch(() => {
    if (newRuns.size > 0) runs.value = mergedMap(runs.value, newRuns)
    if (newProgress.size > 0) progress.value = mergedMap(progress.value, newProgress)
  })

  function take(run: RunSummary): void {
    newRuns.set(run.id, run.deleted ? null : run)
    if (run.status !== 'running') newProgress.set(run.id, null)
    soon()
  }

  /** Every run that shares the phase has come further. */
  function completeEpoch(event: EpochEvent): void {
    for (const [id, known] of runs.value) {
      const run = newRuns.has(id) ? newRuns.get(id) : known
      if (run?.phases.some((phase) => phase.id === event.phase)) newRuns.set(id, withEpoch(run, event))
    }
    void epochs.trigger(event)
  }

  const feed = {
    load(all: readonly RunSummary[]) {
      newRuns.clear()
      newProgress.clear()
      runs.value = new Map(all.map((run) => [run.id, run]))
      progress.value = new Map()
      loaded.value = true
      loads.value++
      error.value = null
    },
    apply(event: HostEvent) {
      if (event.type === 'run') take(event.run)
      else if (event.type === 'purged') newRuns.set(event.run, null)
      else if (event.type === 'progress') newProgress.set(event.progress.run, event.progress)
      else if (event.type === 'epoch') completeEpoch(event)
      else if (event.type === 'log') void logLines.trigger(event.line)
      else if (event.type === 'activity') void activities.trigger(event.text)
      else if (event.type === 'imports') void importEvents.trigger()
      else if (event.type === 'analysis' || event.type === 'analysis-deleted') void analysisEvents.trigger(event)
      soon()
    },
    fail: (cause: unknown) => (error.value = messageOf(cause)),
  }
  void followRuns(client, feed, new AbortController().signal)

  /** Takes in at once what an action answers; its event comes a little later. */
  async function changed(answer: Promise<{ runs: RunSummary[] }>): Promise<void> {
    for (const run of (await answer).runs) take(run)
  }
  const control = (name: 'pause' | 'resume' | 'stop' | 'retry' | 'restore') => (ids: Ids) =>
    changed(client.runs[name]({ runs: [...ids] }))
  const restore = control('restore')

  /** Deletes runs in a way that can be undone. */
  async function remove(ids: Ids): Promise<void> {
    const [first] = ids
    const what = ids.length === 1 ? (runs.value.get(first!)?.name ?? first!) : plural(ids.length, 'run')
    await changed(client.runs.delete({ runs: [...ids] }))
    useUndoStore().done(`Deleted ${what}`, () => restore(ids))
  }

  return {
    runs,
    /** In the order in which they are trained. */
    list: computed(() => [...runs.value.values()].sort((a, b) => a.position - b.position)),
    progress,
    loaded,
    loads,
    error,
    onEpoch: epochs.on,
    onLog: logLines.on,
    onAnalysis: analysisEvents.on,
    /** How far the host is with a question that takes long, in words. */
    onActivity: activities.on,
    /** Imported results were added or deleted. */
    onImports: importEvents.on,
    pauseAll: () => changed(client.queue.pause()),
    resumeAll: () => changed(client.queue.resume()),
    pause: control('pause'),
    resume: control('resume'),
    stop: control('stop'),
    retry: control('retry'),
    restore,
    remove,
    move: (ids: Ids, to: QueuePosition) => changed(client.runs.move({ runs: [...ids], to })),
    tag: (ids: Ids, { add = [], remove = [] }: { add?: string[]; remove?: string[] }) =>
      changed(client.runs.tag({ runs: [...ids], add, remove })),
    note: (id: string, note: string) => changed(client.runs.note({ run: id, note })),
  }
})

export type EpochEvent = Extract<HostEvent, { type: 'epoch' }>

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

interface FeedTarget {
  /** Fetches all runs. */
  load(runs: readonly RunSummary[]): void
  apply(event: HostEvent): void
  /** The host is reachable and refuses. */
  fail(error: unknown): void
}

const retryMilliseconds = 300

/**
 * Fetches all runs once, then follows what changes after that, for as long as the signal lasts. A lost link is taken up again
 * where it broke; what the host no longer remembers is fetched anew.
 */
async function followRuns(client: HostClient, target: FeedTarget, signal: AbortSignal): Promise<void> {
  let cursor: string | null = null
  while (!signal.aborted) {
    try {
      cursor ??= await loaded(client, target)
      for await (const event of await client.events.follow({ after: cursor }, { signal })) {
        cursor = event.type === 'reset' ? null : event.cursor
        if (event.type === 'reset') break
        target.apply(event)
      }
    } catch (error) {
      if (isAnswer(error)) target.fail(error)
    }
    // The host ended the stream, refused, or was lost: wait before the next attempt.
    await retryDelay()
  }
}

function retryDelay(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, retryMilliseconds))
}

async function loaded(client: HostClient, target: FeedTarget): Promise<string> {
  const { cursor, runs } = await client.runs.snapshot()
  target.load(JSON.parse(await runs.text()) as RunSummary[])
  return cursor
}
