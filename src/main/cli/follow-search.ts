import type { HostClient } from '../../contract/index.ts'
import type { SearchDetail } from '../../contract/searches.ts'
import type { HostEvent } from '../../shared/events.ts'
import { type Context, print, type Signal } from './context.ts'
import { openTracker } from './follow-runs.ts'
import { printable } from './output/text.ts'
import { pauseOnSignal } from './pause-on-signal.ts'
import { openDisplay, silentDisplay, type Display } from './progress/display.ts'

export interface FollowSearchOptions {
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
  const over = new AbortController()
  const events = await client.events.follow({}, { signal: over.signal })
  const view = rungView(context, client, quiet)
  const left = Promise.withResolvers<void>()
  let pausing: Promise<unknown> = Promise.resolve()
  const signals = pauseOnSignal(context, {
    display: view,
    notice: elsewhere ? 'What trains goes on without this command.' : 'Pausing: writing a checkpoint.',
    pause: async () => (elsewhere ? left.resolve() : await (pausing = client.searches.pause({ search }))),
  })
  const watching = (async () => {
    if ((await view.show(await client.searches.show({ search }))) !== 'running') return
    for await (const event of events) {
      const isAbout = event.type === 'reset' || (event.type === 'search' && event.search === search)
      if (!isAbout) view.take(event)
      else if ((await view.show(await client.searches.show({ search }))) !== 'running') return
    }
  })()
  try {
    await Promise.race([watching, signals.failed, left.promise])
    await pausing
  } finally {
    signals.dispose()
    over.abort()
    await Promise.allSettled([watching])
    view.close()
  }
  return { detail: await client.searches.show({ search }), signal: signals.signal() }
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
    if (!quiet) for (const { sentence } of news) print(context.stdout, printable(sentence))
    shown = { rung, decisions: decisions.length }
    const runs = running?.entries.flatMap((entry) => entry.runs) ?? []
    if (rung === null) return status
    const tracker = await openTracker(client, runs)
    for (const run of tracker.runs) tracker.apply(withoutScores({ type: 'run', cursor: '', run }))
    display = (quiet ? silentDisplay : openDisplay)(context, tracker, started)
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
