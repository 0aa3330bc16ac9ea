import { expect, it, test } from 'vitest'
import { createImportReader } from '../../../../src/main/host/imports/readers/read-in-thread.ts'
import { openFiles } from './readers/open-files.ts'
import { csv, temporaryFile } from './readers/support.ts'
import { bench, until } from '../support.ts'

/** Parsed for seconds, on any machine. */
const large = () => csv('exit,acc,cost', '0,0.5,0.5\n'.repeat(3_000_000))

test.skipIf(process.platform !== 'linux')(
  'the host answers while a large file is parsed, and stops when the answer is no longer wanted',
  async () => {
    const { client } = await bench().open({ train: false })
    const path = large()
    const abort = new AbortController()
    let ended = false
    const inspecting = client.imports.inspect({ paths: [path] }, { signal: abort.signal }).finally(() => (ended = true))
    inspecting.catch(() => {})
    await until(() => openFiles().includes(path))
    for (let times = 0; times < 10; times++) {
      expect(await client.imports.list()).toEqual([])
      expect([ended, openFiles().includes(path)]).toEqual([false, true])
    }
    abort.abort()
    await expect(inspecting).rejects.toThrow()
    await until(() => !openFiles().includes(path))
    const small = csv('exit,acc,cost', '0,0.5,0.5')
    expect((await client.imports.inspect({ paths: [small] })).problem).toBeNull()
  },
)

it('ends a parse at its time limit, and says which file and limit', async () => {
  const reader = createImportReader(1)
  const path = large()
  const work = { paths: [path], map: {}, logged: 'last' as const, experiment: null }
  await expect(reader.run(work)).rejects.toThrow(`${path} could not be read within 0.001 s`)
})

test('a hostile file is a problem that an inspection names', async () => {
  const { client } = await bench().open({ train: false })
  const path = temporaryFile('events.out.tfevents.1', Buffer.alloc(1000))
  const { problem, results } = await client.imports.inspect({ paths: [path] })
  expect([problem, results]).toEqual([expect.stringContaining(`${path} is damaged`), []])
})
