import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { mergeDepots } from '../../../../src/main/execution/depot/merge.ts'
import { claim } from '../../../../src/main/execution/depot/owner.ts'
import { isOwnerFile } from '../../../../src/main/execution/depot/owner-file.ts'
import { readContent, recordedFiles, stepsIn } from '../../../../src/main/execution/depot/phase-content.ts'
import { temporaryFolder } from '../../host/support.ts'
import { idOf, makePhase } from './made-phase.ts'

/** What happens just before a file or folder is renamed, and when phases are staged. */
const meanwhile = vi.hoisted(() => ({
  rename: (_to: string) => {},
  staged: async () => {},
}))
/** Why the depot is no longer owned. */
const lost = vi.hoisted(() => ({ reason: null as Error | null }))

vi.mock(import('node:fs'), async (original) => {
  const module = await original()
  return { ...module, renameSync: (from, to) => (meanwhile.rename(String(to)), module.renameSync(from, to)) }
})
vi.mock(import('../../../../src/main/execution/depot/stage-threads.ts'), async (original) => {
  const { stageInThreads } = await original()
  return {
    async stageInThreads(...args) {
      const staged = await stageInThreads(...args)
      await meanwhile.staged()
      return staged
    },
  }
})
vi.mock(import('../../../../src/main/execution/depot/owner.ts'), async (original) => {
  const module = await original()
  return {
    ...module,
    async claim(...args) {
      const owner = await module.claim(...args)
      return lost.reason === null ? owner : { ...owner, lost: AbortSignal.abort(lost.reason) }
    },
  }
})

afterEach(() => {
  meanwhile.rename = () => {}
  meanwhile.staged = async () => {}
  lost.reason = null
})

const options = { what: 'The phase', job: null }
const evaluated = { weights: 'weights', evaluation: 'outputs', files: { 'events.jsonl': 'all\n', 'job.json': '{}' } }
const namesIn = (folder: string) => readdirSync(folder).filter((name) => !isOwnerFile(name))

/** A depot with an evaluated phase, and one where that has begun. */
async function stage(made: Parameters<typeof makePhase>[2] = evaluated) {
  const [source, target] = [temporaryFolder(), temporaryFolder()]
  const from = await makePhase(source, idOf(1), made)
  const to = await makePhase(target, idOf(1), { snapshots: [1], files: { 'events.jsonl': 'some\n' } })
  return { source, target, from, to, merge: () => mergeDepots(target, [source]) }
}

it.each([
  ['is done', evaluated],
  ['is farther', { snapshots: [1, 2, 4], files: evaluated.files }],
])(
  'a merge of a phase that %s, ended between two files, leaves a sound phase, and the next one goes on',
  async (_, made) => {
    for (let left = 0; ; left++) {
      const { source, target, from, to, merge } = await stage(made)
      let moved = 0
      meanwhile.rename = () => {
        if (moved++ === left) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
      }
      const ended = await merge().then(
        () => true,
        () => false,
      )
      const content = readContent(to)
      expect(recordedFiles(content).filter(({ name }) => !existsSync(join(to, name)))).toEqual([])
      // Whatever says how far it is has all that belongs to it.
      const isMoved = stepsIn(content) === stepsIn(readContent(from))
      expect(isMoved && namesIn(from).filter((name) => !namesIn(to).includes(name))).toEqual(isMoved && [])
      expect(!isMoved || readFileSync(join(to, 'events.jsonl'), 'utf8') === 'all\n').toBe(true)
      expect(namesIn(target)).toEqual([idOf(1)])
      meanwhile.rename = () => {}
      expect(await mergeDepots(target, [source])).toMatchObject({ left: [] })
      expect(recordedFiles(readContent(to))).toEqual(recordedFiles(readContent(from)))
      if (ended) return expect(left).toBe(namesIn(from).length)
    }
  },
)

it('a merge moves nothing once another process has taken the depot over', async () => {
  const { target, to, merge } = await stage()
  lost.reason = new Error('Another process took it over.')
  await expect(merge()).rejects.toThrow('Another process took it over.')
  expect(namesIn(to)).toEqual(['epoch-00001.safetensors', 'epoch-00001.safetensors.manifest.json', 'events.jsonl'])
  expect(namesIn(target)).toEqual([idOf(1)])
})

it('a phase that a process takes up while others are brought is left as it is', async () => {
  const { target, to, merge } = await stage()
  const before = namesIn(to)
  const owned = await new Promise<Awaited<ReturnType<typeof claim>>>((resolve) => {
    meanwhile.staged = async () => resolve(await claim(to, options))
    void merge().then(({ copied, left }) => {
      expect(copied).toBe(0)
      expect(left).toEqual([`${idOf(1)} was left as it is in ${target}, as a process has worked on it meanwhile`])
    })
  })
  await vi.waitUntil(() => namesIn(target).length === 1)
  expect(namesIn(to)).toEqual(before)
  await owned.release()
})

it('what a process has done while others are brought stays', async () => {
  const { target, to, merge } = await stage()
  meanwhile.staged = async () => {
    await makePhase(target, idOf(1), { weights: 'of another device' })
    appendFileSync(join(to, 'events.jsonl'), 'more\n')
  }
  expect(await merge()).toMatchObject({ copied: 0, left: [expect.stringContaining('worked on it meanwhile')] })
  expect(readFileSync(join(to, 'final.safetensors'), 'utf8')).toBe('of another device')
  expect(readFileSync(join(to, 'events.jsonl'), 'utf8')).toBe('some\nmore\n')
})

it('nothing is brought of a phase that goes on in its own depot meanwhile', async () => {
  const { source, to, merge } = await stage({ snapshots: [1, 2], files: evaluated.files })
  const before = namesIn(to)
  meanwhile.staged = async () => void (await makePhase(source, idOf(1), { snapshots: [3] }))
  expect(await merge()).toMatchObject({ copied: 0, left: [expect.stringContaining('worked on it meanwhile')] })
  expect(namesIn(to)).toEqual(before)
  expect(readFileSync(join(to, 'events.jsonl'), 'utf8')).toBe('some\n')
})
