import { createEventHook } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { HostEvent } from '../../shared/phases/events.ts'
import type { LogLine, RunSummary } from '../../shared/runs/runs.ts'
import { useHost } from '../api/host.ts'
import { messageOf } from '../api/errors.ts'
import { plural } from '../../shared/format/numbers.ts'
import { type FeedTarget, feedRuns } from './run-feed.ts'
import { createLiveRuns, type EpochEvent } from './live-runs.ts'
import { useUndoStore } from './undo.ts'

type Ids = readonly string[]
export type AnalysisEvent = Extract<HostEvent, { type: 'analysis' | 'analysis-deleted' }>
/** Target positions in the queue. */
export type QueuePosition = 'front' | 'back' | { before: string }

/** Every run that is not deleted, kept up to date by the host's events. */
export const useRunsStore = defineStore('runs', () => {
  const { client } = useHost()
  const live = createLiveRuns()
  const { runs, progress } = live
  const loaded = ref(false)
  const error = ref<string | null>(null)
  const epochs = createEventHook<EpochEvent>()
  const logLines = createEventHook<LogLine>()
  const analysisEvents = createEventHook<AnalysisEvent>()
  const importEvents = createEventHook<void>()
  const activities = createEventHook<string>()
  const searchEvents = createEventHook<string>()
  const purges = createEventHook<string>()
  /** Number of complete fetches. */
  const loads = ref(0)

  const feed: FeedTarget = {
    load(all) {
      live.replaceAll(all)
      loaded.value = true
      loads.value++
    },
    apply(event) {
      if (event.type === 'run') live.put(event.run)
      else if (event.type === 'purged') purge(event.run)
      else if (event.type === 'progress') live.putProgress(event.progress)
      else if (event.type === 'epoch') completeEpoch(event)
      else if (event.type === 'log') void logLines.trigger(event.line)
      else if (event.type === 'activity') void activities.trigger(event.text)
      else if (event.type === 'search') void searchEvents.trigger(event.search)
      else if (event.type === 'imports') void importEvents.trigger()
      else if (event.type === 'analysis' || event.type === 'analysis-deleted') void analysisEvents.trigger(event)
    },
    fail: (cause) => (error.value = messageOf(cause)),
    recover: () => (error.value = null),
  }
  void feedRuns(client, feed, new AbortController().signal)

  function completeEpoch(event: EpochEvent): void {
    live.completeEpoch(event)
    void epochs.trigger(event)
  }

  function purge(run: string): void {
    live.remove(run)
    void purges.trigger(run)
  }

  /** Takes in at once what an action answers; its event comes a little later. */
  async function changed(answer: Promise<{ runs: RunSummary[] }>): Promise<void> {
    for (const run of (await answer).runs) live.put(run)
  }
  const control = (name: 'pause' | 'resume' | 'stop' | 'retry' | 'restore') => (ids: Ids) =>
    changed(client.runs[name]({ runs: [...ids] }))
  const restore = control('restore')

  /** Deletes runs in a way that can be undone. */
  async function remove(some: readonly Pick<RunSummary, 'id' | 'name'>[]): Promise<void> {
    const ids = some.map(({ id }) => id)
    const what = some.length === 1 ? some[0]!.name : plural(some.length, 'run')
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
    /** A run (id) was deleted for good, which may have been in the bin. */
    onPurged: purges.on,
    onLog: logLines.on,
    onAnalysis: analysisEvents.on,
    /** How far the host is with a question that takes long, in words. */
    onActivity: activities.on,
    /** A search (id) was started, changed or deleted. */
    onSearch: searchEvents.on,
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
