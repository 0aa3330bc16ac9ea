import { setImmediate } from 'node:timers/promises'
import { beforeEach, expect, test, vi } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import { ExitlabError } from '../../../../src/shared/basics/error.ts'
import type { createExperiment } from '../../../../src/main/host/experiments/create-experiment.ts'
import type { costsOfRung } from '../../../../src/main/host/search/costs.ts'
import { bench, until } from '../support.ts'
import { searched } from './searched.ts'

/** What a test does within a step of a search, before its runs are queued, and once the costs of its last rung are known. */
const within = vi.hoisted(() => ({ enrolling: async () => {}, promoting: async () => {} }))

vi.mock(import('../../../../src/main/host/experiments/create-experiment.ts'), async (original) => {
  const module = await original()
  const create: typeof createExperiment = async (...args) => {
    await within.enrolling()
    return module.createExperiment(...args)
  }
  return { ...module, createExperiment: create }
})

vi.mock(import('../../../../src/main/host/search/costs.ts'), async (original) => {
  const module = await original()
  const costs: typeof costsOfRung = async (services, asked) => {
    const found = await module.costsOfRung(services, asked)
    if (asked.rung.divisor === 1) await within.promoting()
    return found
  }
  return { ...module, costsOfRung: costs }
})

beforeEach(() => {
  within.enrolling = async () => {}
  within.promoting = async () => {}
})

const start = async (client: HostClient, input = searched()) => (await client.searches.start(input)).search

test('a search that is stopped and deleted while its runs are queued leaves none that train', async () => {
  const { client } = await bench({ holdAtStep: 2 }).open()
  const deleted = Promise.withResolvers<void>()
  within.enrolling = async () => {
    const [search] = await client.searches.list()
    await client.searches.stop({ search: search!.id })
    await client.searches.delete({ search: search!.id })
    deleted.resolve()
  }
  await start(client)
  await deleted.promise
  await until(async () => {
    const runs = await client.runs.list({})
    return runs.length === 4 && runs.every(({ status }) => status === 'stopped')
  })
})

test('a search that is paused while its last step is taken stays paused, and takes it when it is resumed', async () => {
  const { client } = await bench().open()
  const search = await start(client, searched({ seeds: [1, 2, 3] }, { hours: 0.0044 }))
  const paused = Promise.withResolvers<void>()
  within.promoting = async () => {
    within.promoting = async () => {}
    await client.searches.pause({ search })
    paused.resolve()
  }
  await paused.promise
  // The rest of the step waits for nothing.
  await setImmediate()
  expect((await client.searches.show({ search })).status).toBe('paused')
  await client.searches.resume({ search })
  const done = await until(async () => {
    const found = await client.searches.show({ search })
    return found.status === 'done' && found
  })
  expect(done.decisions[0]!.sentence).toMatch(/does not fit into what is left of 16 s/)
})

test('hours that are given while the last step is taken count in it', async () => {
  const { client } = await bench().open()
  const search = await start(client, searched({ seeds: [1, 2, 3] }, { hours: 0.0044 }))
  within.promoting = async () => {
    within.promoting = async () => {}
    await start(client, searched({ seeds: [1, 2, 3] }))
  }
  const done = await until(async () => {
    const found = await client.searches.show({ search })
    return found.status === 'done' && found
  })
  expect(done.ladder.at(-1)!.state).toBe('done')
})

test('a search that is stopped while a step fails stays stopped', async () => {
  const { client } = await bench({ holdAtStep: 2 }).open()
  const failing = Promise.withResolvers<void>()
  within.enrolling = async () => {
    const [search] = await client.searches.list()
    await client.searches.stop({ search: search!.id })
    failing.resolve()
    throw new ExitlabError('conflict', 'The data set is gone.')
  }
  const search = await start(client)
  await failing.promise
  // A step of another search comes after what became of this one.
  within.enrolling = async () => {}
  const other = await start(client, searched({ seeds: [8] }))
  await until(async () => (await client.searches.show({ search: other })).ladder[0]!.experiment)
  expect(await client.searches.show({ search })).toMatchObject({ status: 'stopped', error: null })
})

test('a search that is started twice at a time is one, which the second start does not begin anew', async () => {
  const { client } = await bench().open()
  const first = Promise.withResolvers<number>()
  within.promoting = async () => {
    within.promoting = async () => {}
    const search = await start(client)
    first.resolve((await client.searches.show({ search })).createdAt)
    await until(async () => (await client.searches.show({ search })).status === 'done')
  }
  const search = await start(client)
  expect(await client.searches.show({ search })).toMatchObject({ createdAt: await first.promise, status: 'done' })
})
