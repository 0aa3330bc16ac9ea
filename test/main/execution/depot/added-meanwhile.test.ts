import { hash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { bringJob, phaseIdOf } from '../../../../src/main/execution/depot/phase-job.ts'
import { collectGarbage } from '../../../../src/main/execution/depot/collect-garbage.ts'
import { temporaryFolder } from '../../host/support.ts'
import { fakeDepot, jobOf } from './support.ts'

/** What another host does just before a process takes the depot, and why that has lost it. */
const meanwhile = vi.hoisted(() => ({ work: async () => {}, lost: null as Error | null }))

vi.mock(import('../../../../src/main/execution/depot/owner.ts'), async (original) => {
  const { claimUnlessFull, ...others } = await original()
  return {
    ...others,
    async claimUnlessFull(...args) {
      await meanwhile.work()
      const owner = await claimUnlessFull(...args)
      return owner && meanwhile.lost ? { ...owner, lost: AbortSignal.abort(meanwhile.lost) } : owner
    },
  }
})

test('weights of a phase that another host adds before garbage is removed stay', async () => {
  const { depot, add } = fakeDepot()
  const needed = [await add()]
  const unneeded = await add(jobOf({ seed: 2 }))
  const source = join(temporaryFolder(), 'net.onnx')
  writeFileSync(source, 'weights')
  const sha256 = hash('sha256', 'weights')
  meanwhile.work = async () => {
    const job = jobOf({ initial: { kind: 'weights', sha256, source } })
    needed.push(phaseIdOf(job.definition))
    await bringJob(depot, needed[1]!, job)
  }
  const collected = await collectGarbage(depot, { needed: () => new Set(needed), remove: true })
  expect(collected).toMatchObject({ phases: [unneeded], files: 0 })
  expect(existsSync(join(depot, 'weights', sha256))).toBe(true)
})

test('nothing is removed from a depot that another process has taken over', async () => {
  const { depot, add, folderOf } = fakeDepot()
  const [needed, unneeded] = [await add(), await add(jobOf({ seed: 2 }))]
  const weights = join(depot, 'weights', 'unused')
  mkdirSync(dirname(weights))
  writeFileSync(weights, '')
  meanwhile.work = async () => {}
  meanwhile.lost = new Error('Another process took it over.')
  for (const ids of [[needed], [needed, unneeded]]) {
    const collected = collectGarbage(depot, { needed: () => new Set(ids), remove: true })
    await expect(collected).rejects.toThrow('Another process took it over.')
    expect([weights, folderOf(unneeded)].map((path) => existsSync(path))).toEqual([true, true])
  }
})
