import { afterEach, expect, test, vi } from 'vitest'
import { createTrainerPool } from '../../../src/main/host/trainers/trainer-pool.ts'
import type { JobEnd, TrainerProcess } from '../../../src/main/host/trainers/trainer-process.ts'
import { createTrainerJobs } from '../../../src/main/host/trainers/trainer-jobs.ts'
import type { DescribeJob } from '../../../src/shared/trainer.ts'

afterEach(() => vi.useRealTimers())

/** Trainers that count themselves, and end their jobs when the test says so. */
function trainers() {
  const started: TrainerProcess[] = []
  const jobs: ((end: JobEnd) => void)[] = []
  const pool = createTrainerPool(
    () => {
      let living = true
      const die = () => void (living = false)
      started.push({
        pid: started.length,
        alive: () => living,
        run: () => new Promise((resolve) => jobs.push(resolve)),
        pause: () => {},
        close: async () => die(),
        kill: die,
      })
      return started.at(-1)!
    },
    () => 2,
    1000,
  )
  return { pool, started, jobs, living: () => started.filter((each) => each.alive()).length }
}

const job: DescribeJob = { kind: 'describe', data: {} as DescribeJob['data'], dataPath: '/data' }
const described: JobEnd = { type: 'described', dataset: {} as Extract<JobEnd, { type: 'described' }>['dataset'] }

test('a trainer that was given back is taken again, and ends after it has waited too long', () => {
  vi.useFakeTimers()
  const { pool, started, living } = trainers()
  const first = pool.take()
  pool.giveBack(first)
  vi.advanceTimersByTime(900)
  expect(pool.take()).toBe(first)
  vi.advanceTimersByTime(2000)
  expect(living()).toBe(1)
  pool.giveBack(first)
  vi.advanceTimersByTime(1100)
  expect(living()).toBe(0)
  expect(pool.take()).not.toBe(first)
  expect(started).toHaveLength(2)
})

test('a trainer with other threads is not taken', () => {
  const { pool } = trainers()
  const first = pool.take()
  pool.giveBack(first)
  const other = pool.take(4)
  expect(other).not.toBe(first)
  pool.giveBack(other)
  expect(pool.take(2)).toBe(first)
  expect(pool.take(4)).toBe(other)
})

test('a dead trainer is not taken again', () => {
  const { pool } = trainers()
  const first = pool.take()
  pool.giveBack(first)
  first.kill()
  expect(pool.take()).not.toBe(first)
})

test('jobs beside the queue are done one after the other by one trainer', async () => {
  const { pool, started, jobs } = trainers()
  const asked = createTrainerJobs(pool)
  const answers = Array.from({ length: 5 }, () => asked.describe(job))
  for (let done = 0; done < answers.length; done++) {
    await vi.waitFor(() => expect(jobs).toHaveLength(done + 1))
    jobs[done]!(described)
  }
  await Promise.all(answers)
  expect(started).toHaveLength(1)
})

test('a closed pool starts no trainer for what still waits, and tells every asker that the host ended', async () => {
  const { pool, started, jobs } = trainers()
  const asked = createTrainerJobs(pool)
  const answers = [asked.describe(job), asked.describe(job)]
  await vi.waitFor(() => expect(jobs).toHaveLength(1))
  const settled = Promise.allSettled(answers)
  await pool.close()
  jobs[0]!({ type: 'crashed', code: 'engine', message: 'killed' })
  expect((await settled).map((each) => (each as PromiseRejectedResult).reason.message)).toEqual([
    'The host ended before it responded. Try again.',
    'The host ended before it responded. Try again.',
  ])
  expect(started).toHaveLength(1)
})
