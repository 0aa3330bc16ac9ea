import { stat } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type { ExitlabError } from '../../../shared/basics/error.ts'
import { findSource } from './readers/source-files.ts'
import { isStoreFailure } from '../../store/error.ts'
import type { Store } from '../../store/open.ts'
import type { EventLog } from '../queue/events/event-log.ts'
import type { CircuitBreaker } from '../queue/circuit-breaker.ts'
import { readAgain } from './add-imports.ts'

interface FollowedImports {
  store: Store
  events: Pick<EventLog, 'publish'>
  now: () => number
  breaker: Pick<CircuitBreaker, 'reason' | 'begin'>
  /** Time between two looks at the files. */
  pollMilliseconds: number
}

type Follow = ReturnType<Store['imports']['follows']>[number]

interface Seen {
  /** null: they could not be looked at. */
  state: string | null
  /** Until when they need not be read unless they change. */
  until: number
  /** Until when they are not read whatever changes. */
  rest: number
}

/** Of the time, reading a log again takes at most a tenth: the training that writes it may need the processor. */
const restFactor = 9

/** Files that were refused are read again after this time, unchanged: a large one takes minutes of a processor. */
const refusedMilliseconds = 60_000

/** Reads imported files again whenever they have changed, until it is closed. */
export function followImports(following: FollowedImports): { close(): Promise<void> } {
  const { store, breaker, pollMilliseconds } = following
  const over = new AbortController()
  /** What the files looked like when they were read, by what is followed. */
  const seen = new Map<number, Seen>()

  async function lookAtAll(): Promise<void> {
    // While the store cannot be written, nothing that is read could be kept.
    if (breaker.reason() !== null) return
    for (const each of store.imports.follows()) await look(following, { ...each, seen, signal: over.signal })
  }

  async function follow(): Promise<void> {
    const { signal } = over
    while (!signal.aborted) {
      await lookAtAll().catch((error: unknown) => signal.aborted || breaker.begin(error))
      await setTimeout(pollMilliseconds, undefined, { signal, ref: false }).catch(() => {})
    }
  }
  const followed = follow()
  return {
    async close() {
      over.abort()
      await followed
    },
  }
}

/**
 * Reads the files if they are not as they were. What is wrong with them is kept with the results, until they can be read.
 * @throws the error if the store failed.
 */
async function look(
  { store, events, now }: FollowedImports,
  { id, input, problem, seen, signal }: Follow & { seen: Map<number, Seen>; signal: AbortSignal },
): Promise<void> {
  const before = seen.get(id)
  const began = now()
  if (before && began < before.rest) return
  // Why files cannot be looked at, reading them says.
  const state = await stateOf(input).catch(() => null)
  if (state !== null && before?.state === state && began < before.until) return
  const remember = (until: number) => seen.set(id, { state, until, rest: now() + restFactor * (now() - began) })
  try {
    const isNew = await readAgain({ store, now: began, signal }, { id, input })
    remember(Infinity)
    if (problem !== null) store.imports.setProblem(id, null)
    if (isNew || problem !== null) events.publish({ type: 'imports' })
  } catch (error) {
    if (signal.aborted || isStoreFailure(error)) throw error
    const { code, message } = error as ExitlabError
    // What it conflicts with may be deleted at any time.
    remember(code === 'conflict' ? began : began + refusedMilliseconds)
    if (message === problem) return
    store.imports.setProblem(id, message)
    events.publish({ type: 'imports' })
  }
}

/** Equal while the files are. */
async function stateOf({ paths, format }: Follow['input']): Promise<string> {
  const sources = await Promise.all(paths.map((path) => findSource(path, format)))
  const files = sources.flatMap((source) => source.files.map((file) => file.path))
  const states = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs, ctimeMs } = await stat(file)
      return `${file} ${size} ${mtimeMs} ${ctimeMs}`
    }),
  )
  return states.join('\n')
}
