import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { isOwnerFile } from '../../../../src/main/execution/depot/owner-file.ts'
import { fakeDepot } from '../depot/support.ts'

/** What happens while a process waits for a sign of the owner of a folder. */
const meanwhile = vi.hoisted(() => ({ work: (_folder: string) => {} }))

vi.mock(import('../../../../src/main/execution/depot/owner.ts'), async (original) => {
  const { claim, ...others } = await original()
  return { ...others, claim: (folder, options) => (meanwhile.work(folder), claim(folder, options)) }
})

test('a phase is not taken up where its owner does it while another process waits for a sign of that one', async () => {
  const elsewhere = fakeDepot()
  const id = await elsewhere.add()
  await elsewhere.train(id)
  const done = elsewhere.folderOf(id)
  const made = fakeDepot()
  await made.add()
  meanwhile.work = (folder) => {
    for (const name of readdirSync(done).filter((each) => !isOwnerFile(each)))
      copyFileSync(join(done, name), join(folder, name))
  }
  expect(await made.train(id)).toBe('done')
  const events = (folder: string) => readFileSync(join(folder, 'events.jsonl'), 'utf8')
  expect(events(made.folderOf(id))).toBe(events(done))
  expect(made.journal()).toEqual([])
})
