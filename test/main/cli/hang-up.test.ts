import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../host/support.ts'

const launcher = fileURLToPath(new URL('../../../exitlab', import.meta.url))
const commands = fileURLToPath(new URL('../../../scripts/setup/command.mjs', import.meta.url))

type Started = ChildProcessByStdio<null, Readable, Readable>

/** A program in a process group of its own, as a shell starts jobs, once it has said something. */
async function started(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Started> {
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  onTestFinished(() => void (child.exitCode === null && child.kill('SIGKILL')))
  await Promise.race([once(child.stdout, 'data'), once(child, 'close')])
  return child
}

/** What a shell sends to a job whose terminal closes. */
const hangUp = ({ pid }: Started) => process.kill(-pid!, 'SIGHUP')

describe.skipIf(process.platform === 'win32')('a terminal that closes', () => {
  const serve = () => ['serve', '--port', '0', '--no-open', '--workspace', temporaryFolder()]

  it('leaves the workbench alone that was started with nohup', async () => {
    const child = await started('nohup', [launcher, ...serve()])
    hangUp(child)
    // Had the first signal ended it, this second one would end it at once, with 143.
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([0, null])
  })

  it('ends the workbench in good order that was started without', async () => {
    const child = await started(launcher, serve())
    hangUp(child)
    expect(await once(child, 'close')).toEqual([0, null])
  })

  it('is not passed on under nohup to a program that replaces another', async () => {
    const inner = `process.on('SIGHUP', () => process.exit(3)).on('SIGTERM', () => setTimeout(() => process.exit(0), 50)); console.log(1); setInterval(() => {}, 1e6)`
    const outer = `process.on('SIGHUP', () => {}); process.exitCode = await (await import(process.argv[1])).become(process.execPath, ['-e', process.argv[2]])`
    const endOf = async (noted: string, ...signals: NodeJS.Signals[]) => {
      const args = ['--input-type=module', '-e', outer, commands, inner]
      const child = await started(process.execPath, args, { EXITLAB_SIGHUP: noted })
      for (const signal of signals) child.kill(signal)
      return once(child, 'close')
    }
    expect(await endOf('', 'SIGHUP')).toEqual([3, null])
    expect(await endOf('ignored', 'SIGHUP', 'SIGTERM')).toEqual([0, null])
  })
})
