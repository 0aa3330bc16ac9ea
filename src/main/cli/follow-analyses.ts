import type { AnalysisQuestion } from '../../contract/analyses.ts'
import type { HostClient } from '../../contract/index.ts'
import type { HostEvent } from '../../shared/phases/events.ts'
import { exitCodes } from '../../shared/basics/exit-codes.ts'
import { analysisLabels } from './analyses/labels.ts'
import { shownAnalyses } from './analyses/progress.ts'
import { isSettled, trackAnalyses, type AnalysisTracker } from './analyses/tracker.ts'
import { print, type Context, type Signal } from './context.ts'
import { follow, unfinishedExitCode } from './follow.ts'
import { openDisplay } from './progress/display.ts'

interface FollowAnalysesOptions {
  /** Answers that are waited for, which were asked for: what is asked for is no longer paused. */
  questions: readonly AnalysisQuestion[]
  quiet: boolean
  /** Command that resumes after a pause. */
  again: string
}

/**
 * Waits for the end of analyses, or for the first Ctrl-C, which pauses them. @returns those that are done, in the order of the request,
 * the exit code, and the signal that ended the command, if one did.
 */
export async function followAnalyses(
  context: Context,
  client: HostClient,
  { questions, quiet, again }: FollowAnalysesOptions,
) {
  let tracker = trackAnalyses([])
  const isOver = () => tracker.analyses.every(isSettled)
  const signal = await follow(context, client, async () => {
    tracker = trackAnalyses(await found(client, questions))
    const work = shownAnalyses(tracker, context.now)
    const display = openDisplay(context, work, { on: 'stderr', quiet: quiet || isOver(), started: context.now() })
    return {
      ...display,
      isOver,
      async take(event) {
        const events = event.type === 'reset' ? await missed(client, tracker, questions) : [event]
        events.forEach(display.take)
      },
      notice: 'Pausing after the current part; finished parts are kept.',
      pause: () => pauseAnalyses(client, tracker),
    }
  })
  return conclude(context, { tracker, again, signal })
}

async function found(client: HostClient, questions: readonly AnalysisQuestion[]) {
  const answered = await Promise.all(questions.map((question) => client.analyses.find(question)))
  return answered.flatMap(({ answers }) => answers.flatMap(({ analysis }) => analysis ?? []))
}

async function missed(client: HostClient, { analyses }: AnalysisTracker, questions: readonly AnalysisQuestion[]) {
  const kept = new Map((await found(client, questions)).map((analysis) => [analysis.id, analysis]))
  return analyses.map(({ id }): HostEvent => {
    const analysis = kept.get(id)
    return analysis
      ? { type: 'analysis', cursor: '', analysis }
      : { type: 'analysis-deleted', cursor: '', analysis: id }
  })
}

async function pauseAnalyses(client: HostClient, tracker: AnalysisTracker): Promise<void> {
  const open = tracker.analyses.filter((analysis) => !isSettled(analysis)).map(({ id }) => id)
  if (open.length > 0) await client.analyses.pause({ analyses: open })
}

interface Conclusion {
  tracker: AnalysisTracker
  again: string
  signal: Signal | undefined
}

function conclude(context: Context, { tracker: { analyses }, again, signal }: Conclusion) {
  const done = analyses.filter(({ status, deleted }) => status === 'done' && !deleted)
  if (done.length === analyses.length) return { exitCode: exitCodes.success.code, done, signal }
  const label = analysisLabels(analyses)
  const failed = analyses.filter(({ status, deleted }) => status === 'failed' && !deleted)
  for (const analysis of failed) {
    print(context.stderr, `exitlab: ${label(analysis)} failed: ${analysis.error ?? 'no error message'}`)
  }
  const verb = failed.length > 0 ? 'Try again' : 'Resume'
  print(context.stderr, `${done.length} of ${analyses.length} done. ${verb} with: ${again}`)
  return { exitCode: unfinishedExitCode(signal), done, signal }
}
