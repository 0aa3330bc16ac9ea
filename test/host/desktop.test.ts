import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from './support.ts'

const entry = fileURLToPath(new URL('../../src/host/desktop.ts', import.meta.url))

/** What the host of the desktop application says first, started as the application does. */
async function started(...args: string[]): Promise<unknown> {
  const folder = temporaryFolder()
  const child = fork(entry, ['--workspace', join(folder, 'workspace'), ...args], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    env: { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') },
    cwd: folder,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [message] = (await once(child, 'message')) as [unknown]
  return message
}

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
