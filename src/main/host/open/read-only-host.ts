import type { RunStatus, RunSummary } from '../../../shared/runs/runs.ts'
import { existsSync } from 'node:fs'
import { openEmptyStore, openStoreReadOnly, type Store } from '../../store/open.ts'
import type { SearchRow } from '../../store/searches.ts'
import { workspaceAt } from '../../store/workspace.ts'
import { composeHost, defaultSettings, type HostSettings } from './composition-root.ts'

interface ReaderOptions extends Partial<Omit<HostSettings, 'train' | 'analyse' | 'follow'>> {
  /** Absolute folder. */
  workspace: string
  /** Whether a host in another process works on what is read. */
  isBesideHost?: boolean
}

/**
 * Opens a workspace to read it, one that is not there yet as an empty one: without a lock, changing nothing, and with a trainer only to
 * answer requests. Null where its store has to be brought to this version first.
 */
export function openReader({ workspace, isBesideHost = false, ...options }: ReaderOptions) {
  const exists = existsSync(workspaceAt(workspace).database)
  const opened = exists ? openStoreReadOnly(workspace) : openEmptyStore(workspace)
  if (opened === null) return null
  const store = isBesideHost ? opened : atRest(opened)
  const { client, close } = composeHost(store, null, {
    ...defaultSettings,
    ...options,
    train: false,
    analyse: false,
    follow: false,
  })
  return {
    client,
    async close(): Promise<void> {
      await close()
      store.close()
    },
  }
}

/** Work of a dead host counts as queued, although it has not been put back into the queue yet; its searches count as paused. */
function atRest(store: Store): Store {
  const { summaries, phases, runs, analyses, searches } = store
  const run = (each: RunSummary): RunSummary => ({ ...resting(each), phases: each.phases.map(resting) })
  return {
    ...store,
    summaries: { all: () => summaries.all().map(run), of: (ids) => summaries.of(ids).map(run) },
    phases: { ...phases, chain: (runId) => phases.chain(runId).map(resting) },
    runs: {
      ...runs,
      get: (id) => restingOrNull(runs.get(id)),
      find: (reference) => runs.find(reference).map(resting),
      ofExperiment: (id) => runs.ofExperiment(id).map(resting),
      ofPhase: (id) => runs.ofPhase(id).map(resting),
      withStatus: (...statuses) => runs.withStatus(...statuses.flatMap(storedAs)).map(resting),
      counts() {
        const { running = 0, queued = 0, ...others } = Object.fromEntries(runs.counts()) as Counts
        return new Map(Object.entries({ ...others, queued: queued + running })) as Map<RunStatus, number>
      },
    },
    analyses: {
      ...analyses,
      get: (id) => restingOrNull(analyses.get(id)),
      find: (reference) => analyses.find(reference).map(resting),
      all: () => analyses.all().map(resting),
      ofPhases: (phaseIds) => analyses.ofPhases(phaseIds).map(resting),
    },
    searches: {
      ...searches,
      get: (id) => restingSearch(searches.get(id)),
      all: () => searches.all().map(restingSearch),
    },
  }
}

type Counts = Partial<Record<RunStatus, number>>

/** States that are shown as this one. */
function storedAs(status: RunStatus): RunStatus[] {
  if (status === 'running') return []
  return status === 'queued' ? ['queued', 'running'] : [status]
}

function resting<T extends { status: RunStatus }>(each: T): T {
  return each.status === 'running' ? { ...each, status: 'queued' } : each
}

/** Until a host trains again. */
function restingSearch<T extends SearchRow | null>(each: T): T {
  return each?.status === 'running' ? { ...each, status: 'paused' } : each
}

function restingOrNull<T extends { status: RunStatus }>(each: T | null): T | null {
  return each && resting(each)
}
