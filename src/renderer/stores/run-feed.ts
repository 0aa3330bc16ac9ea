import type { HostClient } from '../../contract/index.ts'
import type { HostEvent } from '../../shared/phases/events.ts'
import type { RunSummary } from '../../shared/runs/runs.ts'
import { isAnswer } from '../api/errors.ts'

export interface FeedTarget {
  /** Takes all runs in place of those from before. */
  load(runs: readonly RunSummary[]): void
  apply(event: HostEvent): void
  /** The host is reachable and refuses. */
  fail(error: unknown): void
  /** It refuses no longer. */
  recover(): void
}

const retryMilliseconds = 300

/**
 * Fetches all runs once, then follows what changes after that, for as long as the signal lasts. A lost link is taken up again
 * where it broke; what the host no longer remembers is fetched anew.
 */
export async function feedRuns(client: HostClient, target: FeedTarget, signal: AbortSignal): Promise<void> {
  let cursor: string | null = null
  while (!signal.aborted) {
    try {
      cursor ??= await loaded(client, target)
      const events = await client.events.follow({ after: cursor }, { signal })
      target.recover()
      for await (const event of events) {
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
