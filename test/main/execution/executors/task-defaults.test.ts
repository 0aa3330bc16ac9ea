import { availableParallelism } from 'node:os'
import { expect, it } from 'vitest'
import { taskDefaults } from '../../../../src/main/execution/executors/task-defaults.ts'
import { createTaskPool } from '../../../../src/main/execution/executors/task-pool.ts'
import { phaseIdOf } from '../../../../src/main/execution/depot/phase-job.ts'
import { evaluateJob, parentWeights, trainJob } from '../../../../src/main/execution/executors/phase-jobs.ts'
import { jobOf } from '../depot/support.ts'
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

it('jobs of a trainer have where samples and, of texts, their tokens are, and nothing else of the job of a phase', async () => {
  const tokenizer = { file: '/t/tokenizer.json', cache: '/t/cache' }
  const job = { ...jobOf(), dominanceBatches: 2 }
  const { definition, dataPath } = job
  const phaseId = phaseIdOf(definition)
  const weights = { file: '/d/final.safetensors', sha256: 'w', phaseId }
  const of = (each: typeof job & { tokenizer?: typeof tokenizer }) => [
    trainJob(each, { phaseId, parent: null, folder: '/d', checkpointSeconds: 45 }),
    evaluateJob(each, { folder: '/d', weights }),
  ]
  const { network, data, dataset } = definition
  const expected = [
    {
      ...{ kind: 'train', ...definition, phaseId, dataPath, parent: null, checkpointFolder: '/d' },
      ...{ checkpointSeconds: 45, dominanceBatches: 2 },
    },
    {
      kind: 'evaluate',
      network,
      data,
      dataset,
      dataPath,
      checkpoint: weights,
      outputFile: '/d/evaluation.safetensors',
    },
  ]
  expect(of(job)).toEqual(expected)
  expect(of({ ...job, tokenizer })).toEqual(expected.map((each) => ({ ...each, tokenizer })))
  expect(await parentWeights('/missing', job)).toBeNull()
})
