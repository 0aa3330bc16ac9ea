import { expect, test } from 'vitest'
import { train } from '../../src/main/cli/train.ts'
import { bench, experiment, untilStatus } from '../host/support.ts'
import { fakeContext } from './support.ts'

test('runs that were paused are trained to their end by the same command', async () => {
  const { open, script } = bench({ holdAtStep: 1 })
  const { client } = await open()
  const toy = experiment({ regimes: ['joint'] })
  const { runs } = await client.experiments.create(toy)
  await untilStatus(client, runs[0]!.id, 'running')
  await client.runs.pause({ runs: ['toy'] })
  script({ holdAtStep: null })
  const experiments = [{ ...toy, path: 'toy.yaml', source: '' }]
  const { exitCode, finished } = await train(fakeContext().context, client, { experiments, quiet: true, again: '' })
  expect({ exitCode, finished }).toEqual({ exitCode: 0, finished: true })
})
