import type { HostClient } from '../../contract/index.ts'
import type { HostEvent } from '../../shared/phases/events.ts'
import { exitCodes } from '../../shared/basics/exit-codes.ts'
import { plural } from '../../shared/format/numbers.ts'
import { duration } from '../../shared/format/times.ts'
import type { RunSummary } from '../../shared/runs/runs.ts'
import { type Context, print, type Signal } from './context.ts'
import { emptyClassesNotes } from './empty-classes-notes.ts'
import { follow, unfinishedExitCode } from './follow.ts'
import { type Display, openDisplay, type ShownWork } from './progress/display.ts'
import { liveLines } from './progress/live.ts'
import { plainLines } from './progress/plain.ts'
import { isFinished, trackRuns, type Tracker } from './progress/tracker.ts'
import { wordsFor } from './progress/words.ts'
import { readRuns } from './read-runs.ts'

export interface FollowOptions {
  quiet: boolean
  /** Command that resumes after a pause. */
  again: string
  /** Whether jobs of a cluster or others train: they continue without this command. */
  elsewhere?: boolean
  /** The command that resumes everything after `pause --all`. */
  resumeAll: string
}

interface FollowResult {
  exitCode: number
  /** Whether every run is trained and evaluated. */
  finished: boolean
  /** The signal that ended the command, if one did. */
  signal: Signal | undefined
}

/** Shows the progress of queued runs (ids) until they end, or until the first Ctrl-C, which pauses them. */
export async function followRuns(
  context: Context,
  client: HostClient,
  { runs, ...options }: FollowOptions & { runs: readonly string[] },
): Promise<FollowResult> {
  const started = context.now()
  let tracker!: Tracker
  let trained = false
  // After the runs are resumed, which would otherwise be reported as paused.
  const signal = await follow(context, client, async () => {
    tracker = await openTracker(client, runs)
    trained = tracker.runs.every(({ status }) => status === 'done')
    const ahead = await runsAhead(client, tracker)
    // Last: it draws until it is closed.
    const display = openDisplay(context, shownRuns(tracker), { on: 'stdout', quiet: options.quiet, started })
    if (ahead > 0) display.say(`${plural(ahead, 'other run')} ahead in the queue.`)
    const notePause = pauseNotes(tracker, display, options.resumeAll)
    notePause(undefined)
    return {
      ...display,
      ...interruption(client, tracker, options),
      isOver: (signal) => isOver(tracker, signal),
      async take(event, signal) {
        const events = event.type === 'reset' ? await missed(client, tracker) : [event]
        events.forEach(display.take)
        notePause(signal)
      },
    }
  })
  const seconds = (context.now() - started) / 1000
  return conclude(context, { tracker, options, signal, seconds, trained })
}

function interruption(client: HostClient, tracker: Tracker, { elsewhere }: FollowOptions) {
  return elsewhere ? goesOn : { notice: pausingNotice, pause: () => pauseRuns(client, tracker) }
}

export const pausingNotice = 'Pausing: writing a checkpoint.'
/** What a signal does where jobs of a cluster or others train. */
export const goesOn = {
  notice: 'What others train goes on without this command; runs that nobody trains stay queued.',
  pause: null,
}

/** Runs as a terminal, a log or a pipe has their progress. */
export function shownRuns(tracker: Tracker): ShownWork {
  return { take: plainLines(tracker), lines: (view) => liveLines(tracker, view) }
}

/** Whether no run is waited for: paused with everything else it is, until a signal ends this command. */
function isOver({ runs }: Tracker, signal: Signal | undefined): boolean {
  const isPaused = ({ status, pausedWithAll }: RunSummary) =>
    status === 'paused' && (!pausedWithAll || signal !== undefined)
  return runs.every((run) => isFinished(run) || isPaused(run))
}

async function missed(client: HostClient, tracker: Tracker): Promise<HostEvent[]> {
  const ids = tracker.runs.map(({ id }) => id)
  const found = new Map((await readRuns(client, ids)).map((run) => [run.id, run]))
  return tracker.runs.map((run) => ({ type: 'run', cursor: '', run: found.get(run.id) ?? { ...run, deleted: true } }))
}

/** Says once that everything is paused, and once that it no longer is. */
function pauseNotes(tracker: Tracker, display: Display, resumeAll: string): (signal: Signal | undefined) => void {
  let noted = false
  return (signal) => {
    const paused = tracker.runs.every((run) => isFinished(run) || run.status === 'paused')
    if (paused === noted || signal !== undefined || isOver(tracker, signal)) return
    noted = paused
    display.say(
      paused ? `All runs and analyses are paused. Resume with: ${resumeAll}` : 'Training continues; Ctrl-C pauses.',
    )
  }
}

/** What is known of runs (ids) as they are trained. */
export async function openTracker(client: HostClient, ids: readonly string[]): Promise<Tracker> {
  return trackRuns(await readRuns(client, ids))
}

/** Number of runs of other experiments that were queued earlier, and are trained first. */
async function runsAhead(client: HostClient, tracker: Tracker): Promise<number> {
  const first = tracker.runs.find((run) => !isFinished(run))
  return first === undefined ? 0 : client.queue.ahead({ run: first.id })
}

async function pauseRuns(client: HostClient, tracker: Tracker): Promise<void> {
  const open = tracker.runs.filter((run) => !isFinished(run)).map(({ id }) => id)
  if (open.length > 0) await client.runs.pause({ runs: open })
}

interface Conclusion {
  tracker: Tracker
  options: FollowOptions
  signal: Signal | undefined
  seconds: number
  /** Whether nothing was left to train at the start. */
  trained: boolean
}

function conclude(context: Context, { tracker, options, signal, seconds, trained }: Conclusion): FollowResult {
  const { runs } = tracker
  const count = (word: string) => runs.filter((run) => wordsFor(run).word === word).length
  const done = count('done')
  if (done === runs.length) {
    const how = trained ? 'trained already' : `done in ${duration(seconds)}`
    if (!options.quiet) print(context.stdout, [`${plural(done, 'run')} ${how}.`, ...emptyClassesNotes(runs)])
    return { exitCode: exitCodes.success.code, finished: true, signal }
  }
  const failed = runs.filter((run) => wordsFor(run).word === 'failed')
  for (const { name, error } of failed) print(context.stderr, `exitlab: ${name} failed: ${error ?? 'no error message'}`)
  const verb = failed.length > 0 ? 'Try again' : options.elsewhere ? 'Follow them' : 'Resume'
  const others = ['paused', 'stopped', 'failed', 'deleted'].filter((word) => count(word) > 0)
  const counts = [`${done} done`, ...others.map((word) => `${count(word)} ${word}`)]
  print(context.stderr, `${plural(runs.length, 'run')}: ${counts.join(', ')}. ${verb} with: ${options.again}`)
  return { exitCode: unfinishedExitCode(signal), finished: false, signal }
}
