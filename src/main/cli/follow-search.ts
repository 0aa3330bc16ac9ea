import type { HostClient } from '../../contract/index.ts'
import type { SearchDetail } from '../../contract/searches.ts'
import type { HostEvent } from '../../shared/phases/events.ts'
import { type Context, print, type Signal } from './context.ts'
import { follow } from './follow.ts'
import { goesOn, openTracker, pausingNotice, shownRuns } from './follow-runs.ts'
import { openDisplay, type Display } from './progress/display.ts'

interface FollowSearchOptions {
  /** Id. */
  search: string
  quiet: boolean
  /** Whether jobs of a cluster or others train: they continue without this command. */
  elsewhere: boolean
}

/** Shows a search rung by rung, with what is decided, until it is over, or until the first Ctrl-C, which pauses it. */
export async function followSearch(
  context: Context,
  client: HostClient,
  { search, quiet, elsewhere }: FollowSearchOptions,
): Promise<{ detail: SearchDetail; signal: Signal | undefined }> {
  const view = rungView(context, client, quiet)
  const read = () => client.searches.show({ search })
  const signal = await follow(context, client, async () => {
    let status = await view.show(await read())
    return {
      ...(elsewhere ? goesOn : { notice: pausingNotice, pause: () => client.searches.pause({ search }) }),
      isOver: () => status !== 'running',
      async take(event) {
        const isAbout = event.type === 'reset' || (event.type === 'search' && event.search === search)
        if (isAbout) status = await view.show(await read())
        else view.take(event)
      },
      say: view.say,
      close: view.close,
    }
  })
  return { detail: await read(), signal }
}

/** The display of the rung that is trained, a new one for each rung; between them what was decided. */
function rungView(context: Context, client: HostClient, quiet: boolean) {
  const started = context.now()
  let display: Display | null = null
  let shown: { rung: number | null; decisions: number } = { rung: null, decisions: 0 }

  async function show({ ladder, decisions, status }: SearchDetail): Promise<SearchDetail['status']> {
    const running = ladder.find(({ state, experiment }) => state === 'running' && experiment !== null)
    const rung = status === 'running' ? (running?.number ?? null) : null
    const news = decisions.toReversed().slice(shown.decisions)
    if (rung === shown.rung && news.length === 0) return status
    close()
    if (!quiet) for (const { sentence } of news) print(context.stdout, sentence)
    shown = { rung, decisions: decisions.length }
    const runs = running?.entries.flatMap((entry) => entry.runs) ?? []
    if (rung === null) return status
    const tracker = await openTracker(client, runs)
    for (const run of tracker.runs) tracker.apply(withoutScores({ type: 'run', cursor: '', run }))
    display = openDisplay(context, shownRuns(tracker), { on: 'stdout', quiet, started })
    return status
  }

  function close(): void {
    display?.close()
    display = null
  }

  return {
    show,
    close,
    take: (event: HostEvent) => display?.take(withoutScores(event)),
    say: (text: string) => (display ? display.say(text) : print(context.stderr, text)),
  }
}

/** Test samples are read for the last rung alone, at its end. */
const withoutScores = (event: HostEvent): HostEvent =>
  event.type === 'run' ? { ...event, run: { ...event.run, scores: null } } : event
