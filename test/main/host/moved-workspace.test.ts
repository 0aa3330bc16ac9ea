import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bench, enrolled, experiment, refusal, until, untilStatus } from './support.ts'

const pollMilliseconds = 20
const missing = (workspace: string) => `The workspace is no longer at ${workspace}: its folder was moved, removed`

test('a workspace that is moved away beneath its host is named by the next call, and trains on when it is back', async () => {
  const { open, workspace, script } = bench({ holdAtStep: 2 })
  const { client, idle } = await open({ pollMilliseconds })
  const [run] = await enrolled(client, experiment({ regimes: ['joint'] }))
  await untilStatus(client, run!.id, 'running')
  renameSync(workspace, `${workspace}-moved`)
  const { code, message } = await refusal(client.runs.list({}))
  expect(code).toBe('workspace-damaged')
  expect(message).toContain(missing(workspace))
  expect(message).toContain('Move it back')
  script({})
  await expect(idle()).rejects.toThrow(missing(workspace))
  expect(existsSync(workspace)).toBe(false)
  renameSync(`${workspace}-moved`, workspace)
  await until(() =>
    client.runs.list({}).then(
      ([found]) => found!.status === 'done',
      () => false,
    ),
  )
})

test('whoever only follows the events of a moved workspace is told within some seconds, and hears on when it is back', async () => {
  const { open, workspace } = bench()
  const { client } = await open({ pollMilliseconds })
  const { cursor } = await client.runs.snapshot()
  const events = await client.events.follow({ after: cursor })
  const told = refusal(events.next())
  renameSync(workspace, `${workspace}-moved`)
  expect((await told).message).toContain(missing(workspace))
  renameSync(`${workspace}-moved`, workspace)
  const heard = await until(async () => {
    const again = await client.events.follow({ after: cursor }).catch(() => null)
    return again?.next().catch(() => null)
  })
  expect(heard.value).toMatchObject({ type: 'log', line: { message: expect.stringContaining('queue is resumed') } })
})

test('another folder in the place of a workspace is named, and nothing is written into it', async () => {
  const { open, workspace, script } = bench({ holdAtStep: 2 })
  const { client, idle, close } = await open({ pollMilliseconds })
  const [run] = await enrolled(client, experiment({ regimes: ['joint', 'disjoint'] }))
  await untilStatus(client, run!.id, 'running')
  renameSync(workspace, `${workspace}-moved`)
  mkdirSync(workspace)
  // The record of another host, which has opened another workspace here.
  writeFileSync(join(workspace, 'host.json'), '{}')
  script({})
  await expect(idle()).rejects.toThrow('another folder is in its place')
  expect((await refusal(client.runs.list({}))).message).toContain('another folder is in its place')
  await close()
  expect(readdirSync(workspace)).toEqual(['host.json'])
  rmSync(join(workspace, 'host.json'))
  rmdirSync(workspace)
  renameSync(`${workspace}-moved`, workspace)
  const next = await open()
  await next.idle()
  expect((await next.client.runs.list({})).map(({ status }) => status)).toEqual(['done', 'done'])
})

test('a workspace that is removed beneath its host is named, and not made anew', async () => {
  const { open, workspace } = bench()
  const { client, close } = await open({ pollMilliseconds })
  rmSync(workspace, { recursive: true })
  expect((await refusal(client.experiments.create(experiment({ regimes: ['joint'] })))).message).toContain(
    missing(workspace),
  )
  await close()
  expect(existsSync(workspace)).toBe(false)
})
