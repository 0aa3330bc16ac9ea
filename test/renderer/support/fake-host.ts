import { ref } from 'vue'
import type { HostClient } from '../../../src/shared/contract.ts'
import type { HostChange, HostEvent } from '../../../src/shared/events.ts'
import type { RunSummary } from '../../../src/shared/runs.ts'
import type { LinkState } from '../../../src/renderer/api/connection.ts'

/**
 * A host in the test's own process that keeps runs and a log of events, and whose link can be cut. Cursors count events;
 * after `restart` those from before are unknown.
 */
export function fakeHost() {
  const runs = new Map<string, RunSummary>()
  const state = ref<LinkState>('open')
  const asked = { snapshots: 0, after: [] as (string | null)[] }
  let events: HostEvent[] = []
  let session = 0
  let wake = Promise.withResolvers<void>()
  let cut = new AbortController()

  const nudge = () => {
    wake.resolve()
    wake = Promise.withResolvers()
  }
  async function* follow(after: string, link: AbortSignal): AsyncGenerator<HostEvent, void> {
    const [from, number] = after.split('.').map(Number)
    let position = from === session ? number! : events.length
    if (from !== session) yield { type: 'reset', cursor: `${session}.${position}` }
    for (;;) {
      if (link.aborted) throw new Error('the link is gone')
      if (position < events.length) yield events[position++]!
      else await wake.promise
    }
  }
  const client = {
    runs: {
      snapshot: async () => {
        asked.snapshots++
        return { cursor: `${session}.${events.length}`, runs: new Blob([JSON.stringify([...runs.values()])]) }
      },
      delete: async ({ runs: ids }: { runs: string[] }) => changed(ids, { deleted: true }),
      restore: async ({ runs: ids }: { runs: string[] }) => changed(ids, { deleted: false }),
    },
    events: {
      follow: async ({ after }: { after: string }) => {
        if (cut.signal.aborted) throw new Error('there is no link')
        asked.after.push(after)
        return follow(after, cut.signal)
      },
    },
  } as unknown as HostClient

  function publish(change: HostChange): void {
    events.push({ ...change, cursor: `${session}.${events.length + 1}` } as HostEvent)
    if (change.type === 'run') runs.set(change.run.id, change.run)
    nudge()
  }
  function changed(ids: string[], fields: Partial<RunSummary>) {
    const now = ids.map((id) => ({ ...runs.get(id)!, ...fields }))
    for (const run of now) publish({ type: 'run', run })
    return { runs: now }
  }

  return {
    client,
    connection: { state, nextAttemptAt: ref(null), retry: () => {} },
    asked,
    runs,
    publish,
    cutLink() {
      cut.abort()
      state.value = 'lost'
      nudge()
    },
    mendLink() {
      cut = new AbortController()
      state.value = 'open'
    },
    /** Another process with the same store. */
    restart() {
      session++
      events = []
    },
  }
}
