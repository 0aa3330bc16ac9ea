import type { HostClient } from '../../contract/index.ts'
import { exitCodeOfSignal, exitCodes } from '../../shared/exit-codes.ts'
import { settingOfSeries } from '../../shared/experiment-settings.ts'
import { plural } from '../../shared/format/numbers.ts'
import { duration } from '../../shared/format/times.ts'
import { type Context, print, type Signal } from './context.ts'
import { pauseOnSignal } from './pause-on-signal.ts'
import { openDisplay, silentDisplay } from './progress/display.ts'
import { isFinished, trackRuns, type Tracker } from './progress/tracker.ts'
import { watch, type Watched } from './progress/watch.ts'
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

export interface FollowResult {
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
  // After the runs are resumed, which would otherwise be reported as paused; before reading them, so that no event is missed.
  const over = new AbortController()
  const events = await client.events.follow({}, { signal: over.signal })
  const tracker = await openTracker(client, runs)
  const trained = tracker.runs.every(({ status }) => status === 'done')
  const display = (options.quiet ? silentDisplay : openDisplay)(context, tracker, started)
  await noteRunsAhead(client, { tracker, display })
  const left = Promise.withResolvers<void>()
  const pause = pauseOnSignal(context, {
    display,
    notice: options.elsewhere ? 'What trains goes on without this command.' : 'Pausing: writing a checkpoint.',
    pause: async () => (options.elsewhere ? left.resolve() : pauseRuns({ client, tracker })),
  })
  const watching = watch(events, { client, tracker, display, resumeAll: options.resumeAll, signal: pause.signal })
  try {
    await Promise.race([watching, pause.failed, left.promise])
  } finally {
    pause.dispose()
    // Unlike `events.return()`, it does not wait for an event that may never come.
    over.abort()
    await Promise.allSettled([watching])
    display.close()
  }
  const seconds = (context.now() - started) / 1000
  return conclude(context, { tracker, options, signal: pause.signal(), seconds, trained })
}

/** What is known of runs (ids) as they are trained. */
export async function openTracker(client: HostClient, ids: readonly string[]): Promise<Tracker> {
  const runs = await readRuns(client, ids)
  const experiments = [...new Set(runs.map(({ experimentId }) => experimentId))]
  const settings = await client.experiments.settings({ experiments })
  const epochs = 'training.epochs'
  return trackRuns(runs, (run) => settingOfSeries(settings[run.experimentId]!, run.series, epochs) as number)
}

/** Runs of other experiments that were queued earlier are trained first. */
async function noteRunsAhead(
  client: HostClient,
  { tracker, display }: Pick<Watched, 'tracker' | 'display'>,
): Promise<void> {
  const first = tracker.runs.find((run) => !isFinished(run))
  const ahead = first === undefined ? 0 : await client.queue.ahead({ run: first.id })
  if (ahead > 0) display.say(`${plural(ahead, 'other run')} ahead in the queue.`)
}

async function pauseRuns({ client, tracker }: Pick<Watched, 'client' | 'tracker'>): Promise<void> {
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
    if (!options.quiet) print(context.stdout, `${plural(done, 'run')} ${how}.`)
    return { exitCode: exitCodes.success.code, finished: true, signal }
  }
  const failed = runs.filter((run) => wordsFor(run).word === 'failed')
  for (const run of failed) print(context.stderr, `exitlab: ${run.name} failed: ${run.error ?? 'no error message'}`)
  const verb = failed.length > 0 ? 'Try again' : options.elsewhere ? 'Follow them' : 'Resume'
  const others = ['paused', 'stopped', 'failed', 'deleted'].filter((word) => count(word) > 0)
  const counts = [`${done} done`, ...others.map((word) => `${count(word)} ${word}`)]
  print(context.stderr, `${plural(runs.length, 'run')}: ${counts.join(', ')}. ${verb} with: ${options.again}`)
  const exitCode = signal === undefined ? exitCodes.failedRuns.code : exitCodeOfSignal[signal]
  return { exitCode, finished: false, signal }
}
