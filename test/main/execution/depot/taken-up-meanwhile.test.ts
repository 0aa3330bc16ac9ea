import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { collectGarbage } from '../../../../src/main/execution/depot/collect-garbage.ts'
import { claim } from '../../../../src/main/execution/depot/owner.ts'
import { fakeDepot, jobOf } from './support.ts'

// When garbage is looked for, no process has taken up anything yet.
vi.mock(import('../../../../src/main/execution/depot/watch-owner.ts'), async (original) => ({
  ...(await original()),
  isInWork: async () => false,
}))

test('a phase that is taken up while garbage is removed keeps what it starts from', async () => {
  const { depot, add, train, folderOf } = fakeDepot()
  const parent = await add()
  await train(parent)
  const middle = await add(jobOf({ seed: 2, initial: { kind: 'phase', id: parent, fresh: [] } }))
  const child = await add(jobOf({ seed: 3, initial: { kind: 'phase', id: middle, fresh: [] } }))
  const [other, kept] = [await add(jobOf({ seed: 4 })), await add(jobOf({ seed: 5 }))]
  const owner = await claim(folderOf(child), { what: '', job: null })
  onTestFinished(() => owner.release())
  const { phases, busy, parents } = await collectGarbage(depot, { needed: () => new Set([kept]), remove: true })
  expect({ phases, busy, parents }).toEqual({ phases: [other], busy: [child], parents: [middle, parent] })
  expect(
    readdirSync(depot)
      .filter((name) => /^\w{64}$/.test(name))
      .sort(),
  ).toEqual([parent, middle, child, kept].sort())
})

test('leftovers of a needed phase are removed although one that starts from it is taken up meanwhile', async () => {
  const { depot, add, folderOf } = fakeDepot()
  const parent = await add()
  const child = await add(jobOf({ seed: 2, initial: { kind: 'phase', id: parent, fresh: [] } }))
  writeFileSync(join(folderOf(parent), 'final.safetensors.partial'), 'half')
  const owner = await claim(folderOf(child), { what: '', job: null })
  onTestFinished(() => owner.release())
  const { files, busy, parents } = await collectGarbage(depot, { needed: () => new Set([parent]), remove: true })
  expect({ files, busy, parents }).toEqual({ files: 1, busy: [child], parents: [] })
  expect(existsSync(join(folderOf(parent), 'final.safetensors.partial'))).toBe(false)
})
