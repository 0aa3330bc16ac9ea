import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AnalysisSummary } from '../../shared/evaluation/analysis.ts'
import type { AnalysisQuestion } from '../../contract/analyses.ts'
import { useHost } from '../api/host.ts'
import { messageOf } from '../api/errors.ts'
import { frameBatch } from './frame-batch.ts'
import { mergedMap } from './merged-map.ts'
import { reloadWithRuns } from './reload.ts'
import { useRunsStore, type AnalysisEvent } from './runs.ts'

type Ids = readonly string[]

/** Every analysis, kept up to date by the events that runs are followed by. The map is replaced, at most once a frame. */
export const useAnalysesStore = defineStore('analyses', () => {
  const { client } = useHost()
  const analyses = shallowRef<ReadonlyMap<string, AnalysisSummary>>(new Map())
  const loaded = ref(false)
  const error = ref<string | null>(null)
  const runs = useRunsStore()

  /** Changes since the last frame or since all were requested; null: deleted. */
  const changes = new Map<string, AnalysisSummary | null>()
  /** The newest request for all, until it is answered. */
  let pending: Promise<readonly AnalysisSummary[]> | null = null
  const soon = frameBatch(() => {
    if (pending === null && changes.size > 0) analyses.value = mergedMap(analyses.value, changes)
  })

  function take(all: readonly AnalysisSummary[]): void {
    for (const analysis of all) changes.set(analysis.id, analysis)
    soon()
  }

  function apply(event: AnalysisEvent): void {
    if (event.type === 'analysis') return take([event.analysis])
    changes.set(event.analysis, null)
    soon()
  }

  /** Changes during a request are kept in `changes`, since the response may be older. */
  async function load(): Promise<void> {
    changes.clear()
    const request = client.analyses.list({})
    pending = request
    try {
      const all = await request
      if (request !== pending) return
      analyses.value = new Map(all.map((analysis) => [analysis.id, analysis]))
      loaded.value = true
      error.value = null
    } catch (cause) {
      if (request === pending) error.value = messageOf(cause)
    } finally {
      if (request === pending) pending = null
      soon()
    }
  }

  runs.onAnalysis(apply)
  reloadWithRuns(load, () => error.value !== null)

  return {
    analyses,
    /** Newest first. */
    list: computed(() => [...analyses.value.values()].sort((a, b) => b.createdAt - a.createdAt)),
    loaded,
    error,
    ask: async (question: AnalysisQuestion) => take((await client.analyses.ask(question)).analyses),
    pause: async (ids: Ids) => take((await client.analyses.pause({ analyses: [...ids] })).analyses),
    resume: async (ids: Ids) => take((await client.analyses.resume({ analyses: [...ids] })).analyses),
    async remove(ids: Ids): Promise<void> {
      const answer = await client.analyses.delete({ analyses: [...ids] })
      for (const id of answer.analyses) changes.set(id, null)
      soon()
    },
  }
})
