import { AsyncIteratorClass } from '@orpc/client'
import { config } from '@vue/test-utils'
import { createPinia, setActivePinia, type Pinia } from 'pinia'
import { createApp, ref } from 'vue'
import type { App } from 'vue'
import type { AnalysisSummary } from '../../../src/shared/evaluation/analysis.ts'
import type { AnalysisQuestion } from '../../../src/contract/analyses.ts'
import type { HostClient } from '../../../src/contract/index.ts'
import type { HostChange, HostEvent } from '../../../src/shared/phases/events.ts'
import type { RunSummary } from '../../../src/shared/runs/runs.ts'
import { provideHost } from '../../../src/renderer/api/host.ts'
import type { LinkState } from '../../../src/renderer/api/connection.ts'
import { analysisSummary } from './analysis-summary.ts'

/** Answers to calls, group by group, as the contract types them. */
export type Answers = { [Group in keyof HostClient]?: Partial<HostClient[Group]> }

export type FakeHost = ReturnType<typeof fakeHost> & {
  /** Runs what needs the host outside of a component. */
  run<T>(body: () => T): T
}

/** Provides a new fake host, and a new Pinia, to the components that a test mounts and to what it runs in `host.run`. */
export function provideFakeHost(answers: Answers = {}): FakeHost {
  const host = fakeHost()
  host.answer(answers)
  const plugins = [createPinia(), { install: (app: App) => provideHost(app, host) }]
  config.global.plugins = plugins
  const app = plugins.reduce((all, plugin) => all.use(plugin), createApp({}))
  setActivePinia(plugins[0] as Pinia)
  return { ...host, run: (body) => app.runWithContext(body) }
}

/** Events as the client hands them out. */
export function eventsFrom<T, R>(events: AsyncGenerator<T, R, void>): AsyncIteratorClass<T, R, void> {
  return new AsyncIteratorClass<T, R, void>(
    () => events.next(),
    async () => void (await events.return(undefined as R)),
  )
}

/** A client that gives these answers; a call without one fails. */
function clientWith(answers: Answers): HostClient {
  const group = (name: keyof HostClient) =>
    new Proxy({} as Record<string, unknown>, {
      get: (_, call: string) =>
        (answers[name] as Record<string, unknown> | undefined)?.[call] ??
        (() => Promise.reject(new Error(`the fake host has no answer to ${name}.${call}`))),
    })
  return new Proxy({} as HostClient, { get: (_, name: keyof HostClient) => group(name) })
}

/**
 * A host in the test's own process that keeps runs, analyses and a log of events, and whose link can be cut. Cursors count
 * events; after `restart` those from before are unknown. It computes nothing: analyses are what a test says they are.
 */
function fakeHost() {
  const runs = new Map<string, RunSummary>()
  const state = ref<LinkState>('open')
  const analyses = new Map<string, AnalysisSummary>()
  const results = new Map<string, unknown>()
  const asked = { snapshots: 0, lists: 0, shows: 0, after: [] as (string | null)[] }
  let listing = Promise.resolve()
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
  const answers: Answers = {
    runs: {
      snapshot: async () => {
        asked.snapshots++
        return { cursor: `${session}.${events.length}`, runs: new Blob([JSON.stringify([...runs.values()])]) }
      },
      delete: async ({ runs: ids }: { runs: string[] }) => changed(ids, { deleted: true }),
      restore: async ({ runs: ids }: { runs: string[] }) => changed(ids, { deleted: false }),
    },
    experiments: { settings: async () => ({}) },
    analyses: {
      list: async () => {
        asked.lists++
        const all = [...analyses.values()]
        await listing
        return all
      },
      find: async (question: AnalysisQuestion) => ({
        parameters: { points: 25, ...question.parameters },
        answers: runSets(question).map((ids) => ({
          runs: ids.map((id) => ({ id, name: id, regime: 'mixed', series: 'mixed', seed: 1 })),
          analysis: analyses.get(idOf(question, ids)) ?? null,
        })),
      }),
      ask: async (question: AnalysisQuestion) => ({
        analyses: runSets(question).map((ids) => {
          const runs = ids.map((id) => ({ id, name: id, regime: 'mixed' as const, series: 'mixed', seed: 1 }))
          const analysis = analysisSummary({ id: idOf(question, ids), kind: question.kind, runs })
          publish({ type: 'analysis', analysis })
          return analysis
        }),
      }),
      show: async ({ analysis: id }: { analysis: string }) => {
        asked.shows++
        const analysis = analyses.get(id)!
        return { analysis, result: results.get(id) ?? null, whole: analysis.status === 'done' }
      },
      delete: async ({ analyses: ids }: { analyses: string[] }) => {
        for (const id of ids) publish({ type: 'analysis-deleted', analysis: id })
        return { analyses: ids }
      },
    },
    events: {
      follow: async ({ after = null } = {}) => {
        if (cut.signal.aborted) throw new Error('there is no link')
        asked.after.push(after)
        return eventsFrom(follow(after ?? '', cut.signal))
      },
    },
  }

  function publish(change: HostChange): void {
    events.push({ ...change, cursor: `${session}.${events.length + 1}` } as HostEvent)
    if (change.type === 'run') runs.set(change.run.id, change.run)
    if (change.type === 'analysis') analyses.set(change.analysis.id, change.analysis)
    if (change.type === 'analysis-deleted') analyses.delete(change.analysis)
    nudge()
  }
  function changed(ids: string[], fields: Partial<RunSummary>) {
    const now = ids.map((id) => ({ ...runs.get(id)!, ...fields }))
    for (const run of now) publish({ type: 'run', run })
    return { runs: now }
  }

  return {
    client: clientWith(answers),
    /** Takes further answers, in place of those it has to the same calls. */
    answer(more: Answers): void {
      for (const [group, calls] of Object.entries(more)) {
        Object.assign(answers, { [group]: { ...answers[group as keyof Answers], ...calls } })
      }
    },
    connection: { state, nextAttemptAt: ref(null), retry: () => {} },
    asked,
    runs,
    analyses,
    /** Of analyses, by id. */
    results,
    publish,
    /** Keeps back lists of analyses. @returns what lets them go. */
    holdLists() {
      const held = Promise.withResolvers<void>()
      listing = held.promise
      return held.resolve
    },
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

/** One run, or each pair. */
function runSets({ kind, runs }: AnalysisQuestion): string[][] {
  if (kind !== 'mode-connectivity') return runs.map((run) => [run])
  return runs.flatMap((first, index) => runs.slice(index + 1).map((second) => [first, second]))
}

function idOf({ kind, parameters }: AnalysisQuestion, runs: string[]): string {
  return [kind, ...runs, JSON.stringify(parameters ?? {})].join(' ')
}
