import { expect, it } from 'vitest'
import { withDisposables } from '../../../src/engine/training/with-disposables.ts'

/** Things that note their disposal; the second one’s fails. */
function three() {
  const disposed: number[] = []
  const owned = [1, 2, 3].map((each) => ({
    dispose() {
      disposed.push(each)
      if (each === 2) throw new Error('disposing failed')
    },
  }))
  return { owned, disposed }
}

it('withDisposables returns the result of the work when all is disposed of', async () => {
  const { owned, disposed } = three()
  expect(await withDisposables([owned[0]!, owned[2]!], async () => [...disposed])).toEqual([])
  expect(disposed).toEqual([1, 3])
})

it('withDisposables disposes of the rest where one disposal fails, and reports it', async () => {
  const { owned, disposed } = three()
  await expect(withDisposables(owned, async () => 'done')).rejects.toThrow('disposing failed')
  expect(disposed).toEqual([1, 2, 3])
})

it('withDisposables reports why the work failed, not what failed after it', async () => {
  const { owned, disposed } = three()
  const work = () => Promise.reject(new Error('the work failed'))
  await expect(withDisposables(owned, work)).rejects.toThrow('the work failed')
  expect(disposed).toEqual([1, 2, 3])
})
