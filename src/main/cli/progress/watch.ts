import type { HostClient } from '../../../contract/index.ts'
import type { HostEvent } from '../../../shared/events.ts'
import type { RunSummary } from '../../../shared/runs.ts'
import type { Signal } from '../context.ts'
import { readRuns } from '../read-runs.ts'
import type { Display } from './display.ts'
import { isFinished, type Tracker } from './tracker.ts'

export interface Watched {
  client: HostClient
  tracker: Tracker
  display: Display
  /** The command that resumes everything after `pause --all`. */
  resumeAll: string
  signal(): Signal | undefined
}

/** Passes events on until no run is left to wait for. */
export async function watch(events: AsyncIterator<HostEvent>, watched: Watched): Promise<void> {
  const { client, tracker, display, signal } = watched
  const refetch = async () => {
    const ids = tracker.runs.map(({ id }) => id)
    const found = new Map((await readRuns(client, ids)).map((run) => [run.id, run]))
    for (const id of ids)
      display.take({ type: 'run', cursor: '', run: found.get(id) ?? { ...tracker.find(id)!, deleted: true } })
  }
  const notePause = pauseNotes(watched)
  while (!tracker.runs.every((run) => isSettled(run, signal()))) {
    notePause()
    const next = await events.next()
    if (next.done) return
    if (next.value.type === 'reset') await refetch()
    else display.take(next.value)
  }
}

/** Whether a run is not waited for: paused with everything else it is, until a signal ends this command. */
function isSettled(run: RunSummary, signal: Signal | undefined): boolean {
  return isFinished(run) || (run.status === 'paused' && (!run.pausedWithAll || signal !== undefined))
}

/** Says once that everything is paused, and once that it no longer is. */
function pauseNotes({ tracker, display, resumeAll, signal }: Watched): () => void {
  let noted = false
  return () => {
    const paused = tracker.runs.every((run) => isFinished(run) || run.status === 'paused')
    if (paused === noted || signal() !== undefined) return
    noted = paused
    display.say(
      paused ? `All runs and analyses are paused. Resume with: ${resumeAll}` : 'Training continues; Ctrl-C pauses.',
    )
  }
}
