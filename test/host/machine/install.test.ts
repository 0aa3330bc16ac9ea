import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { InstallProgress } from '../../../src/shared/contract/system.ts'
import { install } from '../../../src/main/host/machine/install.ts'
import { temporaryFolder, until } from '../support.ts'

/** What stands in for set-up. */
function setup(body: string): { script: string; folder: string } {
  const folder = temporaryFolder()
  const script = join(folder, 'install.mjs')
  writeFileSync(script, `import { existsSync, writeFileSync } from 'node:fs'\n${body}`)
  return { script, folder }
}

async function all(steps: AsyncIterable<InstallProgress>): Promise<InstallProgress[]> {
  const told: InstallProgress[] = []
  for await (const step of steps) told.push(step)
  return told
}

test('tells how far set-up is, and what its tools say, in order', async () => {
  // What comes by two ways has an order only where one waits for the other to be heard.
  const { script, folder } = setup(`
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
  for await (const step of install('tensorflow', { environment: { PLACE: 'it is there' }, script })) {
    writeFileSync(join(folder, `heard-${told.push(step)}`), '')
  }
  expect(told).toEqual([
    { message: 'Downloading', doneBytes: 5, totalBytes: 10 },
    { message: 'WARNING: slow index', doneBytes: null, totalBytes: null },
    { message: 'it is there', doneBytes: null, totalBytes: null },
  ])
})

test('what could not be had is refused with what to do', async () => {
  const { script } = setup(`
    console.log(JSON.stringify({ failure: 'pip is missing.\\n  → Install pip.' }))
    process.exitCode = 1`)
  const environment = {}
  await expect(all(install('tensorflow', { environment, script }))).rejects.toMatchObject({
    code: 'engine',
    message: 'pip is missing.\n  → Install pip.',
  })
  await expect(all(install('fashion-mnist', { environment, script }))).rejects.toMatchObject({ code: 'data' })
})

test('a set-up that is killed is told so', async () => {
  const { script } = setup("process.kill(process.pid, 'SIGKILL')")
  await expect(all(install('tensorflow', { environment: {}, script }))).rejects.toMatchObject({
    code: 'engine',
    message: 'The installation was cut off. Start it again: it goes on where it was.',
  })
})

test('whoever stops listening ends it', async () => {
  const { script, folder } = setup(`
    process.on('SIGTERM', () => {
      writeFileSync(new URL('ended', import.meta.url), '')
      process.exit(143)
    })
    console.log(JSON.stringify({ message: 'begun', doneBytes: null, totalBytes: null }))
    setInterval(() => {}, 1000)`)
  for await (const { message } of install('tensorflow', { environment: {}, script })) {
    expect(message).toBe('begun')
    break
  }
  await until(() => existsSync(join(folder, 'ended')))
})
