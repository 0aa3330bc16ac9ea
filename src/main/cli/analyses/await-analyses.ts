import type { AnalysisSummary } from '../../../shared/analysis.ts'
import type { AnalysisQuestion } from '../../../contract/analyses.ts'
import type { HostClient } from '../../../contract/index.ts'
import type { HostEvent } from '../../../shared/events.ts'
import { print, type Context, type Signal } from '../context.ts'
import { exitCodeOfSignal, exitCodes } from '../../../shared/exit-codes.ts'
import { printable } from '../output/text.ts'
import { pauseOnSignal } from '../pause-on-signal.ts'
import { openAnalysisDisplay, quietAnalysisDisplay, type AnalysisDisplay } from './display.ts'
import { analysisLabels } from './labels.ts'
import { isSettled, trackAnalyses, type AnalysisTracker } from './tracker.ts'

export interface AwaitOptions extends FollowAnalysesOptions {
  question: AnalysisQuestion
}

export interface FollowAnalysesOptions {
  quiet: boolean
  /** Command that resumes after a pause. */
  again: string
}

export interface Awaiting {
  exitCode: number
  /** Finished analyses, in the order of the request. */
  done: AnalysisSummary[]
  /** The signal that ended the command, if one did. */
  signal: Signal | undefined
}

/** Asks for analyses and waits for their end, or for the first Ctrl-C, which pauses them. */
export async function awaitAnalyses(
  context: Context,
  client: HostClient,
  { question, ...options }: AwaitOptions,
): Promise<Awaiting> {
  await client.analyses.ask(question)
  return followAnalyses(context, client, { ...options, questions: [question] })
}

/** Waits for the end of analyses that were requested, or for the first Ctrl-C, which pauses them. */
export async function followAnalyses(
  context: Context,
  client: HostClient,
  { questions, ...options }: FollowAnalysesOptions & { questions: readonly AnalysisQuestion[] },
): Promise<Awaiting> {
  // After the request, which would otherwise report them as paused; before reading them, so that no event is missed.
  const over = new AbortController()
  const events = await client.events.follow({}, { signal: over.signal })
  const tracker = trackAnalyses(await found(client, questions))
  const settled = tracker.analyses.every(isSettled)
  const display = options.quiet || settled ? quietAnalysisDisplay(context) : openAnalysisDisplay(context, tracker)
  const pause = pauseOnSignal(context, {
    display,
    notice: 'Pausing after the current part; finished parts are kept.',
    pause: () => pauseAnalyses({ client, tracker }),
  })
  const watching = watch(events, { client, tracker, display, questions })
  try {
    await Promise.race([watching, pause.failed])
  } finally {
    pause.dispose()
    // Unlike `events.return()`, it does not wait for an event that may never come.
    over.abort()
    await Promise.allSettled([watching])
    display.close()
  }
  return conclude(context, { tracker, options, signal: pause.signal() })
}

async function found(client: HostClient, questions: readonly AnalysisQuestion[]) {
  const answered = await Promise.all(questions.map((question) => client.analyses.find(question)))
  return answered.flatMap(({ answers }) => answers.flatMap(({ analysis }) => analysis ?? []))
}

interface Watched {
  client: HostClient
  tracker: AnalysisTracker
  display: AnalysisDisplay
}

/** Passes events on until no analysis is left to wait for. */
async function watch(
  events: AsyncIterator<HostEvent>,
  { client, tracker, display, questions }: Watched & { questions: readonly AnalysisQuestion[] },
): Promise<void> {
  const take = (event: HostEvent) => {
    const changed = tracker.apply(event)
    if (changed) display.changed(changed)
  }
  while (!tracker.analyses.every(isSettled)) {
    const next = await events.next()
    if (next.done) return
    if (next.value.type === 'reset') (await refetched(client, tracker, questions)).forEach(take)
    else take(next.value)
  }
}

/** Events that may have been missed. */
async function refetched(client: HostClient, { analyses }: AnalysisTracker, questions: readonly AnalysisQuestion[]) {
  const kept = new Map((await found(client, questions)).map((analysis) => [analysis.id, analysis]))
  return analyses.map(({ id }): HostEvent => {
    const analysis = kept.get(id)
    return analysis
      ? { type: 'analysis', cursor: '', analysis }
      : { type: 'analysis-deleted', cursor: '', analysis: id }
  })
}

async function pauseAnalyses({ client, tracker }: Omit<Watched, 'display'>): Promise<void> {
  const open = tracker.analyses.filter((analysis) => !isSettled(analysis)).map(({ id }) => id)
  if (open.length > 0) await client.analyses.pause({ analyses: open })
}

interface Conclusion {
  tracker: AnalysisTracker
  options: FollowAnalysesOptions
  signal: Signal | undefined
}

function conclude(context: Context, { tracker: { analyses }, options, signal }: Conclusion): Awaiting {
  const done = analyses.filter(({ status, deleted }) => status === 'done' && !deleted)
  if (done.length === analyses.length) return { exitCode: exitCodes.success.code, done, signal }
  const label = analysisLabels(analyses)
  const failed = analyses.filter(({ status, deleted }) => status === 'failed' && !deleted)
  for (const analysis of failed) {
    print(context.stderr, `exitlab: ${label(analysis)} failed: ${printable(analysis.error ?? 'no error message')}`)
  }
  const verb = failed.length > 0 ? 'Try again' : 'Resume'
  print(context.stderr, `${done.length} of ${analyses.length} done. ${verb} with: ${options.again}`)
  const exitCode = signal === undefined ? exitCodes.failedRuns.code : exitCodeOfSignal[signal]
  return { exitCode, done, signal }
}
