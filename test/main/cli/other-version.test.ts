import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../../src/main/cli/connect.ts'
import { runCommandLine } from '../../../src/main/cli/program.ts'
import { exitlabVersion } from '../../../src/files/version.ts'
import { bench, temporaryFolder } from '../host/support.ts'
import { writeScript } from '../../support/fake-trainer/script.ts'
import { fakeContext } from './support.ts'

/** Runs a command line against the real host of a workspace. */
async function command(args: string[], version = exitlabVersion) {
  const { context, written } = fakeContext()
  const exitCode = await runCommandLine(args, { ...context, connect }, version)
  return { exitCode, ...written }
}

async function alteredHost(...mute: string[]): Promise<{ workspace: string; pid: number }> {
  const [workspace, fake] = [temporaryFolder(), temporaryFolder()]
  writeScript(fake, {})
  const entry = fileURLToPath(new URL('../../support/altered-host.ts', import.meta.url))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, workspace, fake, ...mute])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return { workspace, pid: child.pid! }
}

test('a running host of another build, which does not understand a request, is named with what to do', async () => {
  const { workspace, pid } = await alteredHost()
  const { exitCode, stderr } = await command(['show', 'toy', '--workspace', workspace])
  expect(stderr).toMatch(
    new RegExp(
      `^exitlab: Process ${pid} has this workspace open with another build of Exitlab ${exitlabVersion}: .*End that process`,
    ),
  )
  expect(exitCode).toBe(6)
})

test('the versions of a running host and of the command are said', async () => {
  const { workspace, pid } = await alteredHost()
  const { stderr } = await command(['show', 'toy', '--workspace', workspace], '9.9.9')
  expect(stderr).toContain(`Process ${pid} has this workspace open with Exitlab ${exitlabVersion}, and this is 9.9.9`)
})

test('a running host of which not even the version is understood is named all the same', async () => {
  const { workspace, pid } = await alteredHost('mute')
  const { stderr, exitCode } = await command(['show', 'toy', '--workspace', workspace])
  expect(stderr).toContain(`Process ${pid} has this workspace open with another version of Exitlab, and this is`)
  expect(exitCode).toBe(6)
})

test('what a host of the same build refuses is said as it says it', async () => {
  const { open, workspace } = bench()
  const { client } = await open()
  expect(await client.system.revision()).toMatch(/^[0-9a-f]{64}$/)
  const { stderr, exitCode } = await command(['show', 'nothing', '--workspace', workspace])
  expect(stderr).toMatch(/^exitlab: .*nothing/)
  expect(exitCode).toBe(4)
})
