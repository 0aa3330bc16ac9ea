import { expect, it, vi } from 'vitest'
import type { Staged, Staging } from '../../../../src/main/execution/depot/stage-phases.ts'
import { stageInThreads } from '../../../../src/main/execution/depot/stage-threads.ts'
import { temporaryFolder } from '../../host/support.ts'

/** Threads that answer at once, and what they were asked. */
const threads = vi.hoisted(() => ({ asked: [] as unknown[][], closed: 0, failure: null as Error | null }))

vi.mock(import('../../../../src/main/execution/threads/threads.ts'), () => ({
  createThreads: (() => ({
    async run(staging: Staging, options: unknown): Promise<Staged> {
      if (threads.failure !== null) throw threads.failure
      threads.asked.push([staging, options])
      return { ids: [staging.phases[0]!.id], left: [staging.phases.at(-1)!.id] }
    },
    close: async () => void threads.closed++,
  })) as never,
}))

const { signal } = new AbortController()

/** A staging of phases that the source does not have. */
function staging(count: number): Staging {
  const phases = Array.from({ length: count }, (_, index) => ({ id: String(index), isPresent: false }))
  return { source: temporaryFolder(), target: temporaryFolder(), folder: temporaryFolder(), phases }
}

it('a thousand phases are brought without threads', async () => {
  expect(await stageInThreads(staging(1000), signal)).toEqual({ ids: [], left: [] })
  expect([threads.asked, threads.closed]).toEqual([[], 0])
})

it('more are brought by threads that get some each, and are ended then', async () => {
  const all = staging(1001)
  expect(await stageInThreads(all, signal)).toEqual({ ids: ['0', '500', '1000'], left: ['499', '999', '1000'] })
  const parts = [all.phases.slice(0, 500), all.phases.slice(500, 1000), all.phases.slice(1000)]
  expect(threads.asked).toEqual(parts.map((phases) => [{ ...all, phases }, { signal }]))
  expect(threads.closed).toBe(1)
})

it('threads are ended where one fails', async () => {
  threads.failure = new Error('the disk is full')
  await expect(stageInThreads(staging(1001), signal)).rejects.toThrow('the disk is full')
  expect(threads.closed).toBe(2)
})
