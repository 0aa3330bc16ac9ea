import { expect, test, vi } from 'vitest'
import type { CalibrateJob, DescribeJob } from '../../../../src/contract/experiment/trainer-jobs.ts'
import { createTrainerJobs } from '../../../../src/main/execution/trainer-pool/trainer-jobs.ts'
import type { TrainerPool } from '../../../../src/main/execution/trainer-pool/trainer-pool.ts'

/** Jobs that end with this event at once, and the pool that their trainers are of. */
function jobs(end: object) {
  const trainer = { run: async () => end }
  const pool = { take: vi.fn(async (_: object) => trainer), giveBack: vi.fn() }
  return { pool, trainer, ...createTrainerJobs(pool as unknown as TrainerPool, () => {}) }
}

test('a calibration has the algorithms of its training, and as many threads as it is asked for', async () => {
  const { pool, trainer, calibrate } = jobs({ type: 'calibrated' })
  const job = { kind: 'calibrate', training: { algorithms: 'fast' } } as CalibrateJob
  await calibrate(job, 3)
  await calibrate(job)
  expect(pool.take.mock.calls).toEqual([[{ algorithms: 'fast', threads: 3 }], [{ algorithms: 'fast' }]])
  expect(pool.giveBack.mock.calls).toEqual([[trainer], [trainer]])
})

test('a job without a training has a trainer as it comes', async () => {
  const { pool, describe } = jobs({ type: 'described', dataset: 'what it holds' })
  await expect(describe({ kind: 'describe' } as DescribeJob)).resolves.toBe('what it holds')
  expect(pool.take.mock.calls).toEqual([[{}]])
})
