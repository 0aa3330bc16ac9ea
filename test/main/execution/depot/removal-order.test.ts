import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { collectGarbage, removeLeftovers } from '../../../../src/main/execution/depot/collect-garbage.ts'
import { claim } from '../../../../src/main/execution/depot/owner.ts'
import { isOwnerFile } from '../../../../src/main/execution/depot/owner-file.ts'
import { readContent, recordedFiles } from '../../../../src/main/execution/depot/phase-content.ts'
import { temporaryFolder } from '../../host/support.ts'
import { idOf, makePhase } from './made-phase.ts'

/** What happens when something is removed: just before it, and just after it. */
const meanwhile = vi.hoisted(() => ({ before: (_path: string) => {}, after: (_path: string) => {} }))

vi.mock(import('node:fs'), async (original) => {
  const module = await original()
  return {
    ...module,
    rmSync(path, options) {
      meanwhile.before(String(path))
      module.rmSync(path, options)
      meanwhile.after(String(path))
    },
  }
})

afterEach(() => {
  meanwhile.before = meanwhile.after = () => {}
})

/** A needed phase, and one that is done but not needed, with checkpoints and a folder that somebody made. */
async function stage() {
  const depot = temporaryFolder()
  await makePhase(depot, idOf(1))
  const made = { weights: 'weights', evaluation: 'outputs', snapshots: [1, 2], files: { 'events.jsonl': '' } }
  const folder = await makePhase(depot, idOf(2), made)
  mkdirSync(join(folder, 'notes'))
  writeFileSync(join(folder, 'notes', 'note'), 'abc')
  const collect = () => collectGarbage(depot, { needed: () => new Set([idOf(1)]), remove: true })
  return { depot, folder, collect }
}

it('a removal that ends between two files leaves no record without its file, and goes on', async () => {
  const { folder, collect } = await stage()
  const all = readdirSync(folder).length
  const inFolder = (path: string) => path.startsWith(folder)
  for (let removed = 0; ; removed++) {
    let first = true
    meanwhile.before = (path) => {
      const { names, ...content } = readContent(folder)
      expect(recordedFiles({ names, ...content }).filter(({ name }) => !names.includes(name))).toEqual([])
      // Whatever is there has an owner.
      expect(names.filter(isOwnerFile)).toHaveLength(1)
      if (inFolder(path) && !first) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
      first = false
    }
    const ended = await collect().catch(() => null)
    if (ended === null) continue
    expect(ended.phases).toEqual([idOf(2)])
    expect([existsSync(folder), removed]).toEqual([false, all])
    return
  }
})

it('the folder of a phase that a process begins anew while it is removed stays', async () => {
  const { folder, collect } = await stage()
  meanwhile.after = (path) =>
    isOwnerFile(path.slice(folder.length + 1)) && writeFileSync(join(folder, 'job.json'), '{}')
  await collect()
  expect(readdirSync(folder).filter((name) => !isOwnerFile(name))).toEqual(['job.json'])
})

it('a folder that is gone when it is to be removed is an error of the disk', async () => {
  const { folder, collect } = await stage()
  const { rmdirSync } = await vi.importActual<typeof import('node:fs')>('node:fs')
  meanwhile.after = (path) => isOwnerFile(path.slice(folder.length + 1)) && rmdirSync(folder)
  await expect(collect()).rejects.toMatchObject({ code: 'ENOENT' })
})

it('leftovers of a phase are removed alone, and nothing is written where there are none or another process has it', async () => {
  const { depot, folder } = await stage()
  const owner = await claim(folder, { what: 'The phase', job: null })
  const before = readdirSync(folder)
  await removeLeftovers(depot, idOf(2))
  expect(readdirSync(folder)).toEqual(before)
  await owner.release()
  await removeLeftovers(depot, idOf(2))
  const gone = before.filter((name) => name.startsWith('epoch-'))
  const names = () => readdirSync(folder).filter((name) => !isOwnerFile(name))
  expect(gone).toHaveLength(4)
  expect(names()).toEqual(before.filter((name) => !isOwnerFile(name) && !gone.includes(name)))
  const after = readdirSync(folder)
  await removeLeftovers(depot, idOf(2))
  expect(readdirSync(folder)).toEqual(after)
})
