import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { claim } from '../../../../src/main/execution/depot/owner.ts'
import { temporaryFolder } from '../../host/support.ts'

/** What other processes do just before this one creates its file, and while it reads the numbers of all. */
const meanwhile = vi.hoisted(() => ({ create: (_folder: string) => {}, list: (_folder: string) => {} }))

vi.mock(import('../../../../src/main/execution/depot/owner-file.ts'), async (original) => {
  const module = await original()
  return {
    ...module,
    createOwnerFile: (folder, ...args) => (meanwhile.create(folder), module.createOwnerFile(folder, ...args)),
    async generations(folder) {
      const found = await module.generations(folder)
      meanwhile.list(folder)
      return found
    },
  }
})

const options = { what: 'The phase', job: null, beatMilliseconds: 20, expiryMilliseconds: 200 }

function writeOwner(folder: string, generation: number, changes: object = {}): void {
  const record = { host: 'node7', pid: 1, job: null, machine: 'another', beat: 0, released: true, ...changes }
  writeFileSync(join(folder, `owner-0000000${generation}.json`), JSON.stringify(record))
}

it('a process that was slow does not take a folder that two others have had since', async () => {
  const folder = temporaryFolder()
  writeOwner(folder, 1)
  meanwhile.create = () => {
    meanwhile.create = () => {}
    rmSync(join(folder, 'owner-00000001.json'))
    writeOwner(folder, 3)
  }
  await (await claim(folder, options)).release()
  expect(readdirSync(folder)).toEqual(['owner-00000004.json'])
})

it('a folder is taken although the file of the owner before is removed by another process', async () => {
  const folder = temporaryFolder()
  writeOwner(folder, 1)
  meanwhile.list = () => rmSync(join(folder, 'owner-00000001.json'), { force: true })
  await (await claim(folder, options)).release()
  expect(readdirSync(folder)).toEqual(['owner-00000002.json'])
})
