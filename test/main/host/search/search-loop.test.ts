import { describe, expect, test, vi } from 'vitest'
import type { CircuitBreaker } from '../../../../src/main/host/queue/circuit-breaker.ts'
import { createSearchLoop } from '../../../../src/main/host/search/search-loop.ts'
import { ExitlabError } from '../../../../src/shared/basics/error.ts'
import type { HostServices } from '../../../../src/main/host/api/services.ts'
import type { SearchRow } from '../../../../src/main/store/searches.ts'

/** A loop over one search, whose steps fail as the store does. */
function loopOver({ follow, get }: { follow: () => AsyncGenerator<never>; get: (id: string) => Partial<SearchRow> }) {
  const begun: unknown[] = []
  const breaker = {
    reason: () => (begun.length > 0 ? { error: begun[0] } : null),
    begin: (error: unknown) => void begun.push(error),
    add: () => {},
  } as Pick<CircuitBreaker, 'reason' | 'begin' | 'add'> as CircuitBreaker
  const log = vi.fn()
  const put = vi.fn()
  const store = { searches: { withStatus: () => ['s1'], get, put }, transaction: (work: () => void) => work() }
  const services = { store, events: { follow, publish: () => {} }, recorder: { now: () => 1, log } }
  return { loop: createSearchLoop(services as unknown as HostServices, breaker), begun, log, put }
}

async function* noEvents(): AsyncGenerator<never> {}

async function* lostEvents(): AsyncGenerator<never> {
  throw new Error('The log is lost.')
}

describe('the loop of searches', () => {
  test('logs an error that nobody expected with where it arose', async () => {
    let isFirst = true
    const { loop, log, put } = loopOver({
      follow: noEvents,
      get() {
        if (!isFirst) return { status: 'running' }
        isFirst = false
        throw new TypeError('x is undefined')
      },
    })
    loop.wake()
    await vi.waitUntil(() => put.mock.calls.length > 0)
    const error = 'Unexpected error: x is undefined'
    expect(put).toHaveBeenCalledWith({ status: 'failed', error, finishedAt: 1 })
    expect(log.mock.calls[0]![0]).toMatchObject({ level: 'error' })
    expect(log.mock.calls[0]![0].message).toMatch(/^Search s1: Unexpected error: x is undefined\n[^]*search-loop/)
  })

  test('stops the queues where the store cannot be read, and takes no search for failed', async () => {
    const full = new ExitlabError('disk', 'The disk is full.')
    const { loop, begun, put, log } = loopOver({
      follow: noEvents,
      get() {
        throw full
      },
    })
    loop.wake()
    await vi.waitUntil(() => begun.length > 0)
    expect([begun, put.mock.calls, log.mock.calls]).toEqual([[full], [], []])
  })

  test('stops the queues where it can no longer follow what happens', async () => {
    const { begun } = loopOver({ follow: lostEvents, get: () => ({ status: 'done' }) })
    await vi.waitUntil(() => begun.length > 0)
    expect(begun).toEqual([new Error('The log is lost.')])
  })
})
