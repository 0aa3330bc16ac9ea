import { expect, it, vi } from 'vitest'
import type { CircuitBreaker } from '../../../../src/main/host/queue/circuit-breaker.ts'
import { createWorkLoop, type WorkLoop } from '../../../../src/main/host/queue/work-loop.ts'

/** A queue with nothing to start, and what stops it as a store that cannot be written does. */
function quietLoop({ isBusy = (): boolean => false } = {}) {
  let reason: { error: unknown } | null = null
  let halt = () => {}
  const breaker = { reason: () => reason, add: (queue: { halt(): void }) => (halt = queue.halt) }
  const stop = vi.fn(async () => {})
  const loop = createWorkLoop({ breaker: breaker as unknown as CircuitBreaker, start() {}, isBusy, stop })
  const halted = (error: Error) => {
    reason = { error }
    halt()
  }
  return { loop, stop, halted }
}

/** What waiting for idleness has come to by now. */
async function outcomeOf({ idle }: WorkLoop): Promise<unknown> {
  const pending = new Promise((resolve) => setImmediate(resolve, 'pending'))
  return Promise.race([idle().then(() => 'idle', String), pending])
}

it('is idle where there is nothing to do', async () => {
  const { loop } = quietLoop()
  expect(await outcomeOf(loop)).toBe('pending')
  loop.wake()
  expect(await outcomeOf(loop)).toBe('idle')
})

it('fails who waits for it as soon as it has to stop, where nothing is being done', async () => {
  const { loop, stop, halted } = quietLoop()
  halted(new Error('the disk is full'))
  expect(stop).toHaveBeenCalledOnce()
  expect(await outcomeOf(loop)).toBe('Error: the disk is full')
})

it('fails who waits for it once what was being done has stopped', async () => {
  let isBusy = true
  const { loop, halted } = quietLoop({ isBusy: () => isBusy })
  halted(new Error('the disk is full'))
  expect(await outcomeOf(loop)).toBe('pending')
  isBusy = false
  loop.next()
  expect(await outcomeOf(loop)).toBe('Error: the disk is full')
})
