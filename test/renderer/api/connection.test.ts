// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect } from '../../../src/renderer/api/connection.ts'
import { ConnectionLost } from '../../../src/renderer/api/errors.ts'
import { Refused } from '../../../src/renderer/api/link.ts'
import type { Link } from '../../../src/renderer/api/link.ts'

function link() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { rpc: { call: async () => null }, closed: promise, close: resolve } satisfies Link
}

describe('a connection', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('tries again after waits that double, and says when', async () => {
    const attempts: number[] = []
    const start = Date.now()
    const connection = connect(async () => {
      attempts.push(Date.now() - start)
      throw new Error('nobody there')
    })
    await vi.advanceTimersByTimeAsync(4000)
    expect(attempts).toEqual([0, 250, 750, 1750, 3750])
    expect(connection.state.value).toBe('lost')
    expect(connection.nextAttemptAt.value).toBe(start + 7750)
    connection.close()
  })

  it('opens a new link when one closes, and begins with short waits again', async () => {
    const opened: Link[] = []
    const connection = connect(async () => {
      const next = link()
      opened.push(next)
      return next
    })
    await vi.advanceTimersByTimeAsync(0)
    expect(connection.state.value).toBe('open')
    await vi.advanceTimersByTimeAsync(60_000)
    opened[0]!.close()
    await vi.advanceTimersByTimeAsync(0)
    expect(opened).toHaveLength(2)
    expect(await connection.link()).toBe(opened[1])
    connection.close()
  })

  it('waits longer and longer for a host that accepts connections and closes them at once', async () => {
    let attempts = 0
    const connection = connect(async () => {
      attempts++
      const next = link()
      next.close()
      return next
    })
    await vi.advanceTimersByTimeAsync(4000)
    expect(attempts).toBe(5)
    connection.close()
  })

  it('lets calls wait for the next link', async () => {
    let there = false
    const found = link()
    const connection = connect(async () => {
      if (!there) throw new Error('nobody there')
      return found
    })
    const early = connection.link()
    await vi.advanceTimersByTimeAsync(500)
    there = true
    await vi.advanceTimersByTimeAsync(1500)
    expect(await early).toBe(found)
    connection.close()
  })

  it('stops where it is refused, until it is told to retry', async () => {
    let attempts = 0
    const connection = connect(async () => {
      attempts++
      throw new Refused('no session')
    })
    await vi.advanceTimersByTimeAsync(60_000)
    expect([attempts, connection.state.value]).toEqual([1, 'refused'])
    connection.retry()
    await vi.advanceTimersByTimeAsync(0)
    expect(attempts).toBe(2)
    connection.close()
  })

  it('fails a call that found no link in ten seconds', async () => {
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), milliseconds)
      return controller.signal
    })
    const connection = connect(async () => {
      throw new Error('nobody there')
    })
    const failure = connection.link().catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await failure).toBeInstanceOf(ConnectionLost)
    connection.close()
  })

  it('fails a call at once that was withdrawn before', async () => {
    const connection = connect(async () => {
      throw new Error('nobody there')
    })
    await expect(connection.link(AbortSignal.abort('withdrawn'))).rejects.toBe('withdrawn')
    connection.close()
  })
})
