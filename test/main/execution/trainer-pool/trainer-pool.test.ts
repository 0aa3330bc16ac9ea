import { afterEach, expect, test, vi } from 'vitest'
import { createTrainerPool, type TrainerPlace } from '../../../../src/main/execution/trainer-pool/trainer-pool.ts'
import type { JobEnd, TrainerProcess } from '../../../../src/main/execution/trainer-pool/trainer-process.ts'
import { createTrainerJobs } from '../../../../src/main/execution/trainer-pool/trainer-jobs.ts'
import type { Card } from '../../../../src/shared/phases/device.ts'
import type { DescribeJob } from '../../../../src/contract/experiment/trainer-jobs.ts'
import { cardOf } from '../../../support/cards.ts'

afterEach(() => vi.useRealTimers())

/** Trainers that count themselves, and end their jobs when the test says so. */
function trainers(cards: Card[] | null = null) {
  const started: TrainerProcess[] = []
  const places: TrainerPlace[] = []
  const jobs: ((end: JobEnd) => void)[] = []
  const pool = createTrainerPool({
    start: (place) => {
      places.push(place)
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
    share: () => 2,
    cards: async () => cards,
    idleMilliseconds: 1000,
  })
  return { pool, started, places, jobs, living: () => started.filter((each) => each.alive()).length }
}

const job: DescribeJob = { kind: 'describe', data: {} as DescribeJob['data'], dataPath: '/data' }
const described: JobEnd = { type: 'described', dataset: {} as Extract<JobEnd, { type: 'described' }>['dataset'] }

test('a returned trainer is used again, and ends after it has waited too long', async () => {
  vi.useFakeTimers()
  const { pool, started, living } = trainers()
  const first = await pool.take()
  pool.giveBack(first)
  vi.advanceTimersByTime(900)
  expect(await pool.take()).toBe(first)
  vi.advanceTimersByTime(2000)
  expect(living()).toBe(1)
  pool.giveBack(first)
  vi.advanceTimersByTime(1100)
  expect(living()).toBe(0)
  expect(await pool.take()).not.toBe(first)
  expect(started).toHaveLength(2)
})

test('a trainer with another number of threads is not used', async () => {
  const { pool } = trainers()
  const first = await pool.take()
  pool.giveBack(first)
  const other = await pool.take({ resources: { threads: 4, card: null } })
  expect(other).not.toBe(first)
  pool.giveBack(other)
  expect(await pool.take({ resources: { threads: 2, card: null } })).toBe(first)
  expect(await pool.take({ resources: { threads: 4, card: null } })).toBe(other)
})

test('a dead trainer is not used again', async () => {
  const { pool } = trainers()
  const first = await pool.take()
  pool.giveBack(first)
  first.kill()
  expect(await pool.take()).not.toBe(first)
})

test('jobs beside the queue are done one after the other by one trainer', async () => {
  const { pool, started, jobs } = trainers()
  const asked = createTrainerJobs(pool, () => {})
  const answers = Array.from({ length: 5 }, () => asked.describe(job))
  for (let done = 0; done < answers.length; done++) {
    await vi.waitFor(() => expect(jobs).toHaveLength(done + 1))
    jobs[done]!(described)
  }
  await Promise.all(answers)
  expect(started).toHaveLength(1)
})

test('a closed pool starts no trainer for waiting requests, and refuses all of them', async () => {
  const { pool, started, jobs } = trainers()
  const asked = createTrainerJobs(pool, () => {})
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

const idsOf = (places: readonly TrainerPlace[]) => places.map(({ card }) => card!.id)

test('trainers are spread over the cards, and each keeps to its own', async () => {
  const { pool, places } = trainers([cardOf(0, 'A'), cardOf(1, 'A')])
  const [first] = await Promise.all([pool.take(), pool.take()])
  expect(idsOf(places)).toEqual(['GPU-0', 'GPU-1'])
  await pool.take()
  expect(idsOf(places)).toEqual(['GPU-0', 'GPU-1', 'GPU-0'])
  await pool.take()
  pool.giveBack(first)
  expect(await pool.take()).toBe(first)
  expect(idsOf(places)).toEqual(['GPU-0', 'GPU-1', 'GPU-0', 'GPU-1'])
})

test('work continues on a card like the one that it began on, however busy that is', async () => {
  const { pool, places } = trainers([cardOf(0, 'A'), cardOf(1, 'B')])
  const resources = { threads: 2, card: 'B' }
  await pool.take({ resources })
  await pool.take({ resources })
  await pool.take({ resources: { ...resources, card: 'C' } })
  expect(idsOf(places)).toEqual(['GPU-1', 'GPU-1', 'GPU-0'])
})

test('a card has trainers of their own for fast algorithms, and none that wait keep its memory', async () => {
  const { pool, places, living } = trainers([cardOf(0, 'A')])
  pool.giveBack(await pool.take())
  const fast = await pool.take({ algorithms: 'fast' })
  expect(places.map(({ algorithms }) => algorithms)).toEqual(['deterministic', 'fast'])
  expect(living()).toBe(1)
  pool.giveBack(fast)
  expect(await pool.take({ algorithms: 'fast' })).toBe(fast)
})

test('the processor has the same trainers for all algorithms', async () => {
  const { pool } = trainers()
  const first = await pool.take({ algorithms: 'fast' })
  pool.giveBack(first)
  expect(await pool.take()).toBe(first)
})

test('no trainer is started where there is no card to train on', async () => {
  const { started } = trainers()
  const none = createTrainerPool({
    start: () => started[0]!,
    share: () => 1,
    cards: () => Promise.reject(new Error('no card')),
  })
  await expect(none.take()).rejects.toThrow('no card')
  expect(started).toEqual([])
})
