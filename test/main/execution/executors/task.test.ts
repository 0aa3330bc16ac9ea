import { availableParallelism } from 'node:os'
import { expect, it } from 'vitest'
import { createTaskPool, taskDefaults } from '../../../../src/main/execution/executors/task.ts'
import { hostSettings, temporaryFolder } from '../../host/support.ts'

it('a job of Slurm has its number, in an array with its index there', () => {
  expect(taskDefaults({ SLURM_JOB_ID: '14', SLURM_ARRAY_JOB_ID: '12', SLURM_ARRAY_TASK_ID: '0' }).job).toBe('12_0')
  expect(taskDefaults({ SLURM_JOB_ID: '14' }).job).toBe('14')
  expect(taskDefaults({}).job).toBeNull()
})

it.each([
  ['those that are asked for', { threads: 3 }, { SLURM_CPUS_PER_TASK: '5' }, 3],
  ['those of a job of Slurm', {}, { SLURM_CPUS_PER_TASK: '5' }, 5],
  ['all of this machine', {}, {}, availableParallelism()],
])('a phase is trained with %s', async (_, options, environment, threads) => {
  const { trainer } = hostSettings('', temporaryFolder())
  const launched: unknown[] = []
  await using pool = createTaskPool({
    ...options,
    environment,
    device: 'cpu',
    launch: (place) => (launched.push(place.threads), trainer!(place)),
  })
  pool.giveBack(await pool.take({ resources: null, algorithms: 'deterministic' }))
  expect(launched).toEqual([threads])
})
