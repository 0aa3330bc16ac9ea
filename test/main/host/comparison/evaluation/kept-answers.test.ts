import { expect, onTestFinished, test } from 'vitest'
import { createEvaluationReader } from '../../../../../src/main/host/comparison/evaluation/evaluation-reader.ts'
import { openStore } from '../../../../../src/main/store/open.ts'
import { temporaryFolder } from '../../support.ts'

test('an answer is computed once for a key, at once or one after the other; a failure is not kept', async () => {
  const store = openStore(temporaryFolder())
  onTestFinished(() => store.close())
  const { kept } = createEvaluationReader(store)
  let asked = 0
  const compute = () => Promise.resolve({ asked: ++asked })
  const [first, same] = await Promise.all([kept('a', compute), kept('a', compute)])
  expect([first, same, await kept('a', compute), await kept('b', compute)]).toEqual(
    [1, 1, 1, 2].map((count) => ({ asked: count })),
  )
  await expect(kept('c', () => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged')
  expect(await kept('c', compute)).toEqual({ asked: 3 })
})
