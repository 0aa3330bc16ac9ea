import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it, vi } from 'vitest'
import { damagedFiles } from '../../../../src/main/trainer/data/damaged-files.ts'
import { temporaryFolder } from '../../host/support.ts'

/** Paths that were decoded. */
const decoded = vi.hoisted(() => [] as string[])

vi.mock(import('../../../../src/datasets/formats/image-threads.ts'), async (original) => ({
  ...(await original()),
  async soundInThread(paths) {
    decoded.push(...paths)
    return paths.map((path) => !path.includes('damaged'))
  },
}))

beforeEach(() => void (decoded.length = 0))

/** Files that say by their names whether they are damaged. */
function filesOf(count: number, damaged: readonly number[]) {
  const folder = temporaryFolder()
  const pathOf = (index: number) => join(folder, `${index}${damaged.includes(index) ? ' damaged' : ''}`)
  const at = (index: number) => (index < count ? { path: pathOf(index), label: 0 } : undefined)
  return { folder, files: { length: count, at }, pathOf }
}

const check = { record: undefined, most: Infinity, say: () => {} }

it('a long check says how far it is, and names the places of damaged files in their order', async () => {
  const { files } = filesOf(20_001, [20_000, 7, 300])
  const said: string[] = []
  expect(await damagedFiles(files, { ...check, say: (message) => said.push(message) })).toEqual([7, 300, 20_000])
  expect(said).toEqual(['0', '20,000'].map((count) => `Looking for damaged images, once: ${count} of 20,001 decoded`))
  expect(decoded).toHaveLength(20_001)
})

it('a short check says nothing, and where more files are unknown than may be decoded, none is', async () => {
  const { files } = filesOf(20, [3])
  const say = vi.fn()
  expect(await damagedFiles(files, { ...check, most: 19, say })).toEqual([])
  expect(decoded).toEqual([])
  expect(await damagedFiles(files, { ...check, most: 20, say })).toEqual([3])
  expect(say).not.toHaveBeenCalled()
})

it('sound files are decoded once, damaged ones and those that are missing each time', async () => {
  const { folder, files, pathOf } = filesOf(4, [1])
  mkdirSync(folder, { recursive: true })
  for (const index of [0, 1, 2]) writeFileSync(pathOf(index), '')
  const record = join(temporaryFolder(), 'record')
  for (const expected of [
    [0, 1, 2, 3],
    [1, 3],
  ]) {
    decoded.length = 0
    expect(await damagedFiles(files, { ...check, record })).toEqual([1])
    expect(decoded.toSorted()).toEqual(expected.map(pathOf).toSorted())
  }
})
