import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { HostMessage } from '../../../../src/shared/window/desktop-link.ts'
import { findRunningHost } from '../../../../src/main/host/api/socket/running-host.ts'
import { bench, experiment, temporaryFolder, until, untilStatus } from '../support.ts'

const entry = fileURLToPath(new URL('../../../../src/main/host/open/desktop.ts', import.meta.url))

/** What the host of the desktop application says first. */
async function started(...args: string[]): Promise<unknown> {
  const [message] = (await once(startedWith(...args), 'message')) as [unknown]
  return message
}

/** The host of the desktop application, started as the application does. */
function startedWith(...args: string[]): ChildProcess {
  const folder = temporaryFolder()
  const child = fork(entry, ['--workspace', join(folder, 'workspace'), ...args], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    env: { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') },
    cwd: folder,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

test('the host of the desktop application attaches to the process that trains, and takes over when that ends', async () => {
  const opened = bench({ holdAtStep: 1 })
  const host = await opened.open({ command: 'run' })
  const { runs } = await host.client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(host.client, runs[0]!.id, 'running')
  const child = startedWith('--workspace', opened.workspace)
  const messages: HostMessage[] = []
  child.on('message', (message) => messages.push(message as HostMessage))
  await until(() => messages.some(({ type }) => type === 'ready'))
  // Nothing of its own is trained, so that it may be quit without a question.
  child.send({ type: 'count-running' })
  await until(() => messages.some((each) => each.type === 'running' && each.runs === 0))
  child.send({ type: 'open', port: 1 })
  child.send({ type: 'data', port: 1, data: JSON.stringify({ i: '1', p: { u: '/system/info', b: {} } }) })
  const answer = await until(() => messages.find((each) => each.type === 'data'))
  expect(String(answer.data)).toContain(`"attached":${child.pid}`)
  await host.client.runs.pause({ runs: ['toy'] })
  await host.close()
  await until(() => messages.some((each) => each.type === 'close' && each.port === 1))
  await until(() => findRunningHost(opened.workspace)?.pid === child.pid)
  const ended = once(child, 'exit')
  child.send({ type: 'end' })
  expect(await ended).toEqual([0, null])
})

const regime = `{ info: { title: 'T', sentence: 'S', paper: 'P' }, phases: [{ trains: 'all' }] }`

test('the host of the desktop application loads extensions before anything uses them', async () => {
  const file = join(temporaryFolder(), 'warm.ts')
  writeFileSync(file, `export default { name: 'mine', regimes: { warm: ${regime} } }`)
  expect(await started('--extension', file)).toEqual({ type: 'ready' })
  writeFileSync(file, `export default { name: 'mine', regimes: { joint: ${regime} } }`)
  expect(await started('--extension', file)).toEqual({
    type: 'refused',
    message: expect.stringContaining('Exitlab itself has one of this name') as string,
  })
})
