import { expect, test } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import type { SearchDetail } from '../../../../src/contract/searches.ts'
import { bench, enrolled, until } from '../support.ts'
import { searched } from './searched.ts'

const start = async (client: HostClient, input = searched()) => (await client.searches.start(input)).search

const whenDone = (client: HostClient, search: string): Promise<SearchDetail> =>
  until(async () => {
    const found = await client.searches.show({ search })
    if (found.status === 'failed') throw new Error(found.error!)
    return found.status === 'done' && found
  })

const isTraining = async (client: HostClient) => (await client.runs.list({})).some(({ status }) => status === 'running')

for (const halt of ['pause', 'stop'] as const)
  test(`a search trains what another one left behind at its ${halt}`, async () => {
    const { open, script } = bench({ holdAtStep: 2 })
    const { client } = await open()
    const search = await start(client)
    await until(() => isTraining(client))
    await client.searches[halt]({ search })
    script({ holdAtStep: null })
    const { ladder } = await whenDone(client, await start(client, searched({}, { budget: 1.1 })))
    expect(ladder[0]!.entries.map(({ why }) => why)).toEqual([null, null, null, null])
  })

test('a search trains runs of the experiment itself that were stopped', async () => {
  const { open, script } = bench({ holdAtStep: 2 })
  const { client } = await open()
  const { file, folder } = searched()
  const runs = (await enrolled(client, { file, folder, source: null })).map(({ id }) => id)
  await until(() => isTraining(client))
  await client.runs.stop({ runs })
  script({ holdAtStep: null })
  const { ladder } = await whenDone(client, await start(client))
  expect(ladder.at(-1)!.entries.map(({ why }) => why)).not.toContain('its training was stopped')
})

test('a search that is paused leaves running what another one waits for', async () => {
  const { open, script } = bench({ holdAtStep: 2 })
  const { client } = await open()
  const paused = await start(client)
  const other = await start(client, searched({}, { budget: 1.1 }))
  await until(() => isTraining(client))
  await until(async () => (await client.searches.show({ search: other })).ladder[0]!.experiment)
  await client.searches.pause({ search: paused })
  script({ holdAtStep: null })
  await whenDone(client, other)
  expect((await client.searches.show({ search: paused })).status).toBe('paused')
})

test('more hours take up the candidates that were left out of a rung', async () => {
  const { client } = await bench().open()
  // The last rung takes 16.5 s of joint, by calibration, and 33 s of mixed.
  const search = await start(client, searched({ seeds: [1, 2, 3] }, { hours: 0.005 }))
  const cut = await whenDone(client, search)
  const outcomes = ({ ladder }: SearchDetail) => ladder[0]!.entries.map(({ outcome }) => outcome)
  expect(cut.ladder.at(-1)!.state).toBe('done')
  expect(outcomes(cut)).toContain('left-out')
  const before = cut.ladder[1]!.entries.map(({ candidate }) => candidate)

  await start(client, searched({ seeds: [1, 2, 3] }))
  const whole = await whenDone(client, search)
  expect(outcomes(whole)).not.toContain('left-out')
  const after = whole.ladder[1]!.entries
  expect(after.length).toBe(outcomes(whole).filter((each) => each === 'goes-on' || each === 'within').length)
  expect(after.map(({ candidate }) => candidate)).toEqual(expect.arrayContaining(before))
  expect(after.every(({ score }) => score !== null)).toBe(true)
  expect(whole.usedSeconds).toBeGreaterThanOrEqual(cut.usedSeconds)
})
