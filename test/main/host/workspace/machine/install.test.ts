import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { InstallProgress } from '../../../../../src/contract/system.ts'
import { install } from '../../../../../src/main/host/workspace/machine/install.ts'
import { temporaryFolder, until } from '../../support.ts'

/** What stands in for set-up. */
function setup(body: string): { scripts: { EXITLAB_SCRIPTS: string }; folder: string } {
  const scripts = temporaryFolder()
  const folder = join(scripts, 'setup')
  mkdirSync(folder)
  writeFileSync(join(folder, 'install.mjs'), `import { existsSync, writeFileSync } from 'node:fs'\n${body}`)
  return { scripts: { EXITLAB_SCRIPTS: scripts }, folder }
}

async function all(steps: AsyncIterable<InstallProgress>): Promise<InstallProgress[]> {
  const told: InstallProgress[] = []
  for await (const step of steps) told.push(step)
  return told
}

test('reports the progress of set-up and the output of its tools, in order', async () => {
  // What comes by two ways has an order only where one waits for the other to be heard.
  const { scripts, folder } = setup(`
    const heard = async (count) => {
      while (!existsSync(new URL('heard-' + count, import.meta.url))) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    if (process.argv[2] !== 'tensorflow' || process.env.EXITLAB_SETUP_REPORT !== 'json') process.exit(3)
    console.log(JSON.stringify({ message: 'Downloading', doneBytes: 5, totalBytes: 10 }))
    await heard(1)
    console.error('WARNING: slow index')
    await heard(2)
    console.log(JSON.stringify({ message: process.env.PLACE, doneBytes: null, totalBytes: null }))`)
  const told: InstallProgress[] = []
  for await (const step of install('tensorflow', { environment: { ...scripts, PLACE: 'it is there' } })) {
    writeFileSync(join(folder, `heard-${told.push(step)}`), '')
  }
  expect(told).toEqual([
    { message: 'Downloading', doneBytes: 5, totalBytes: 10 },
    { message: 'WARNING: slow index', doneBytes: null, totalBytes: null },
    { message: 'it is there', doneBytes: null, totalBytes: null },
  ])
})

test('a host that was started without the launcher reports it', async () => {
  await expect(all(install('tensorflow', { environment: {} }))).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('start Exitlab with its launcher') as string,
  })
})

test('what could not be had is refused with what to do', async () => {
  const { scripts } = setup(`
    console.log(JSON.stringify({ failure: 'pip is missing.\\n  → Install pip.' }))
    process.exitCode = 1`)
  await expect(all(install('tensorflow', { environment: scripts }))).rejects.toMatchObject({
    code: 'engine',
    message: 'pip is missing.\n  → Install pip.',
  })
  await expect(all(install('fashion-mnist', { environment: scripts }))).rejects.toMatchObject({ code: 'data' })
})

test('a set-up that is killed is reported', async () => {
  const { scripts } = setup("process.kill(process.pid, 'SIGKILL')")
  await expect(all(install('tensorflow', { environment: scripts }))).rejects.toMatchObject({
    code: 'engine',
    message: 'The installation was interrupted. Start it again to resume.',
  })
})

test('a set-up ends when its reader stops reading', async () => {
  const { scripts, folder } = setup(`
    process.on('SIGTERM', () => {
      writeFileSync(new URL('ended', import.meta.url), '')
      process.exit(143)
    })
    console.log(JSON.stringify({ message: 'begun', doneBytes: null, totalBytes: null }))
    setInterval(() => {}, 1000)`)
  for await (const { message } of install('tensorflow', { environment: scripts })) {
    expect(message).toBe('begun')
    break
  }
  await until(() => existsSync(join(folder, 'ended')))
})
