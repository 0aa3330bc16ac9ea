import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { datasets } from '../../../../src/datasets/index.ts'
import {
  cachedDescription,
  descriptionKey,
  forgetDescription,
} from '../../../../src/main/trainer/data/description-cache.ts'
import { dataSpec, type DatasetDescription } from '../../../../src/shared/data/data.ts'
import { emptyFolder } from '../../../datasets/support.ts'

/** Later than anything that a test writes, by more than the coarsest clock of a file system. */
const later = () => Date.now() + 10_000

/** A folder with a file in it, from which a description follows that says how often it was made. */
async function described(now = later) {
  const [folder, dataPath] = [await emptyFolder(), await emptyFolder()]
  await writeFile(join(dataPath, 'a.jpg'), 'a')
  const readFrom = [dataPath, join(dataPath, 'a.jpg'), join(dataPath, 'words.txt')]
  const key = { data: dataSpec.parse({ source: 'imagenet' }), dataPath }
  let made = 0
  const make = async () => ({ description: { classes: ++made } as DatasetDescription, readFrom })
  return { folder, dataPath, key, make, ask: async () => (await cachedDescription(folder, key, make, now)).classes }
}

describe('a description', () => {
  test('is computed once, for all augmentations', async () => {
    const { folder, key, make, ask } = await described()
    expect([await ask(), await ask()]).toEqual([1, 1])
    const data = { ...key.data, augmentation: 'resized-crop-flip' as const }
    expect((await cachedDescription(folder, { ...key, data }, make)).classes).toBe(1)
    expect((await cachedDescription(folder, { ...key, data: { ...data, imageSize: 8 } }, make)).classes).toBe(2)
  })

  test('is computed again where the extension of its data set has changed', async () => {
    const { folder, key, make } = await described()
    const asked = async (sha256: string) => {
      const origin = { extension: 'e', file: 'e.ts', sha256 }
      vi.spyOn(datasets, 'origin').mockReturnValue(origin)
      return (await cachedDescription(folder, descriptionKey(key), make, later)).classes
    }
    expect([await asked('a'), await asked('b'), await asked('a')]).toEqual([1, 2, 1])
    vi.restoreAllMocks()
    expect(descriptionKey(key)).toEqual(key)
  })

  test.each<[string, (dataPath: string) => Promise<unknown>]>([
    ['a file was added', (dataPath) => writeFile(join(dataPath, 'b.jpg'), 'b')],
    ['a file is of another size', (dataPath) => writeFile(join(dataPath, 'a.jpg'), 'aa')],
    ['a file was written anew', (dataPath) => writeFile(join(dataPath, 'a.jpg'), 'b')],
    ['a file that was not there is', (dataPath) => writeFile(join(dataPath, 'words.txt'), '')],
    ['all is gone', (dataPath) => rm(dataPath, { recursive: true })],
  ])('is computed again if %s', async (_, change) => {
    const { dataPath, ask } = await described()
    await ask()
    await change(dataPath)
    expect(await ask()).toBe(2)
  })

  test('is computed again if the cached one is damaged', async () => {
    const { folder, ask } = await described()
    await ask()
    const path = join(folder, (await readdir(folder))[0]!)
    await writeFile(path, (await readFile(path, 'utf8')).replace('"classes":1', '"classes":7'))
    expect(await ask()).toBe(2)
  })

  test('is not cached for files that have just changed, nor where only all bytes show whether it is valid', async () => {
    const { folder, ask } = await described(Date.now)
    expect([await ask(), await ask(), await readdir(folder)]).toEqual([1, 2, []])
    const { folder: other, key, make } = await described()
    await cachedDescription(other, key, async () => ({ ...(await make()), readFrom: null }), later)
    expect(await readdir(other)).toEqual([])
  })

  test('is dropped when it proves wrong, and computed each time without a folder, or with one that cannot be written', async () => {
    const { folder, key, make, ask } = await described()
    await ask()
    await forgetDescription(folder, key)
    expect(await ask()).toBe(2)
    expect((await cachedDescription(undefined, key, make)).classes).toBe(3)
    await rm(folder, { recursive: true })
    await writeFile(folder, 'a file')
    expect([await ask(), await ask()]).toEqual([4, 5])
    await rm(folder)
    await mkdir(folder)
  })
})
