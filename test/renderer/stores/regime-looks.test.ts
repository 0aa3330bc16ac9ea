// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useRegimeLooksStore } from '../../../src/renderer/stores/regime-looks.ts'
import { useRunsStore } from '../../../src/renderer/stores/runs.ts'
import { seriesLooks } from '../../../src/shared/experiment/series.ts'
import { provideFakeHost, type FakeHost } from '../support/fake-host.ts'
import { runSummary } from '../support/run-summary.ts'

let host: FakeHost
beforeEach(() => void (host = provideFakeHost()))

/** Opens the list with runs of regimes, in the order in which they were queued. */
async function opened(regimes: readonly [experimentId: string, regime: string][]) {
  regimes.forEach(([experimentId, regime], position) =>
    host.publish({ type: 'run', run: runSummary({ id: `${position}`, position, experimentId, regime }) }),
  )
  const runs = useRunsStore()
  await vi.waitUntil(() => runs.loaded && runs.list.length === regimes.length)
  return useRegimeLooksStore()
}

describe('the look of a regime', () => {
  it.each([
    ['as written', ['thaw', 'warm', 'cold']],
    ['in another order', ['cold', 'thaw', 'warm']],
  ])('of one’s own is that of its curve in Compare, whatever order runs come in: %s', async (_, own) => {
    const { lookOf } = await opened(['joint', ...own, 'mixed'].map((regime) => ['a', regime]))
    const inCompare = seriesLooks(
      ['joint', 'mixed', 'warm', 'thaw', 'cold'].map((regime) => ({ regime, series: regime })),
    )
    const looks = own.map((regime) => lookOf({ experimentId: 'a', regime }))
    expect(looks).toEqual(own.map((regime) => inCompare.get(regime)))
    expect(new Set(looks)).toEqual(new Set([0, 1, 2]))
  })

  it('of the paper is its own', async () => {
    const { lookOf } = await opened([
      ['a', 'warm'],
      ['a', 'joint'],
    ])
    expect(['joint', 'disjoint'].map((regime) => lookOf({ experimentId: 'a', regime }))).toEqual([null, null])
  })

  it('is a matter of its experiment, however many runs it has there', async () => {
    const { lookOf } = await opened([
      ['a', 'cold'],
      ['b', 'warm'],
      ['a', 'warm'],
      ['a', 'cold'],
    ])
    expect(lookOf({ experimentId: 'a', regime: 'cold' })).toBe(0)
    expect(lookOf({ experimentId: 'a', regime: 'warm' })).toBe(1)
    expect(lookOf({ experimentId: 'b', regime: 'warm' })).toBe(0)
    expect(lookOf({ experimentId: 'b', regime: 'cold' })).toBe(null)
    expect(lookOf({ experimentId: 'c', regime: 'warm' })).toBe(null)
  })

  it('follows runs that are added', async () => {
    const store = await opened([['a', 'warm']])
    expect(store.lookOf({ experimentId: 'a', regime: 'warm' })).toBe(0)
    host.publish({ type: 'run', run: runSummary({ id: 'new', position: 9, experimentId: 'a', regime: 'cold' }) })
    await vi.waitUntil(() => store.lookOf({ experimentId: 'a', regime: 'cold' }) === 0)
    expect(store.lookOf({ experimentId: 'a', regime: 'warm' })).toBe(1)
  })
})
