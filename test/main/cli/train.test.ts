import { describe, expect, test } from 'vitest'
import { train } from '../../../src/main/cli/train.ts'
import { bench, experiment, until, untilStatus } from '../host/support.ts'
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
  const options = { experiments, quiet: true, again: '', resumeAll: '' }
  const { exitCode, finished } = await train(fakeContext().context, client, options)
  expect({ exitCode, finished }).toEqual({ exitCode: 0, finished: true })
})

describe('when everything is paused by another client', () => {
  /** A training of one run that has come to its first step, and then was paused with everything. */
  async function pausedWithAll() {
    const { open, script } = bench({ holdAtStep: 1 })
    const { client } = await open()
    const fake = fakeContext()
    const experiments = [{ ...experiment({ regimes: ['joint'] }), path: 'toy.yaml', source: '' }]
    const options = { experiments, quiet: false, again: 'again', resumeAll: 'exitlab resume --all' }
    const training = train(fake.context, client, options)
    const run = await until(async () => (await client.runs.list({})).find(({ status }) => status === 'running'))
    await client.queue.pause()
    await until(() => fake.written.stdout.includes(notice))
    script({ holdAtStep: null })
    return { ...fake, client, training, run }
  }
  const notice = 'All runs and analyses are paused. Resume with: exitlab resume --all\n'

  test('a training reports it once, waits, and continues', async () => {
    const { client, training, written } = await pausedWithAll()
    await client.queue.resume()
    expect(await training).toMatchObject({ exitCode: 0, finished: true })
    expect(written.stdout.split(notice)).toHaveLength(2)
    expect(written.stdout.split('Training continues; Ctrl-C pauses.\n')).toHaveLength(2)
    expect(written.stderr).toBe('')
  })

  test('Ctrl-C ends the wait', async () => {
    const { signal, training, written } = await pausedWithAll()
    signal('SIGINT')
    expect(await training).toMatchObject({ exitCode: 130, finished: false })
    expect(written.stderr).toBe('1 run: 0 done, 1 paused. Resume with: again\n')
  })

  test('does not wait for a run that is stopped meanwhile', async () => {
    const { client, training, run } = await pausedWithAll()
    await client.runs.stop({ runs: [run.id] })
    expect(await training).toMatchObject({ exitCode: 10, finished: false })
  })
})
