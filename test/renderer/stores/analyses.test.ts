// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { analysisSummary } from '../support/analysis-summary.ts'
import { useAnalysesStore } from '../../../src/renderer/stores/analyses.ts'
import { provideFakeHost, type FakeHost } from '../support/fake-host.ts'

let host: FakeHost

async function openedStore() {
  const store = useAnalysesStore()
  await vi.waitUntil(() => store.loaded && host.asked.after.length > 0)
  return store
}
const ids = (store: ReturnType<typeof useAnalysesStore>) => [...store.analyses.keys()]

beforeEach(() => void (host = provideFakeHost()))

describe('the analyses', () => {
  it('are listed once, then updated by events', async () => {
    host.publish({ type: 'analysis', analysis: analysisSummary({ id: 'a', status: 'queued' }) })
    const store = await openedStore()
    expect(ids(store)).toEqual(['a'])
    host.publish({ type: 'analysis', analysis: analysisSummary({ id: 'a', status: 'running', done: 3, total: 51 }) })
    await vi.waitUntil(() => store.analyses.get('a')?.done === 3)
    host.publish({ type: 'analysis-deleted', analysis: 'a' })
    await vi.waitUntil(() => store.analyses.size === 0)
    expect(host.asked.lists).toBe(1)
  })

  it('keep what happened while they were being listed', async () => {
    host.publish({ type: 'analysis', analysis: analysisSummary({ id: 'a', status: 'queued' }) })
    const listed = host.holdLists()
    const store = useAnalysesStore()
    await vi.waitUntil(() => host.asked.lists === 1 && host.asked.after.length > 0)
    host.publish({ type: 'analysis', analysis: analysisSummary({ id: 'a', status: 'done' }) })
    host.publish({ type: 'analysis', analysis: analysisSummary({ id: 'b' }) })
    // The events are there before the answer, which is from before them.
    await new Promise((resolve) => setTimeout(resolve, 50))
    listed()
    await vi.waitUntil(() => store.loaded && store.analyses.has('b'))
    expect(store.analyses.get('a')?.status).toBe('done')
  })

  it('are listed again from a host that does not know their cursor', async () => {
    const store = await openedStore()
    host.cutLink()
    host.restart()
    host.analyses.set('z', analysisSummary({ id: 'z' }))
    host.mendLink()
    await vi.waitUntil(() => store.analyses.has('z'))
    expect(host.asked.lists).toBe(2)
  })

  it('are there at once where they were asked for, and gone where they were deleted', async () => {
    const store = await openedStore()
    await store.ask({ kind: 'numerical-rank', runs: ['r'] })
    await vi.waitUntil(() => store.analyses.size === 1)
    expect(store.list[0]!.runs.map(({ id }) => id)).toEqual(['r'])
    await store.remove(ids(store))
    await vi.waitUntil(() => store.analyses.size === 0)
  })

  it('are those of the newest list, whichever is answered last', async () => {
    host.publish({ type: 'analysis', analysis: analysisSummary({ id: 'a' }) })
    const listed = host.holdLists()
    const store = useAnalysesStore()
    await vi.waitUntil(() => host.asked.lists === 1 && host.asked.after.length > 0)
    const newer = host.holdLists()
    host.cutLink()
    host.restart()
    host.analyses.set('z', analysisSummary({ id: 'z' }))
    host.mendLink()
    await vi.waitUntil(() => host.asked.lists === 2)
    newer()
    await vi.waitUntil(() => ids(store).includes('z'))
    listed()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(ids(store)).toEqual(['a', 'z'])
  })

  it('that could not be listed when the connection was lost are once it is back', async () => {
    const { list } = host.client.analyses
    const fails = vi.fn(() => Promise.reject(new Error('the connection is lost')))
    host.answer({ analyses: { list: fails } })
    host.analyses.set('a', analysisSummary({ id: 'a' }))
    const store = useAnalysesStore()
    await vi.waitUntil(() => store.error !== null)
    host.cutLink()
    host.answer({ analyses: { list } })
    await new Promise((resolve) => setTimeout(resolve))
    host.mendLink()
    await vi.waitUntil(() => store.loaded)
    expect([ids(store), store.error]).toEqual([['a'], null])
  })
})
