import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { keptAnswers } from '../../../../src/main/host/data/kept-descriptions.ts'

test('an answer is asked for once, a failure again, and of many the latest are kept', async () => {
  const asked: string[] = []
  const kept = keptAnswers<object>()
  const ask = (key: string, isThere = true) =>
    kept(key, async () => {
      asked.push(key)
      if (!isThere) throw new Error('not there')
      return {}
    })
  expect(await ask('a')).toBe(await ask('a'))
  await expect(ask('b', false)).rejects.toThrow('not there')
  await ask('b')
  expect(asked).toEqual(['a', 'b', 'b'])
  for (let key = 0; key < 32; key++) await ask(String(key))
  await ask('a')
  expect(asked.at(-1)).toBe('a')
})

test('an answer that is too old is asked for again', async () => {
  const kept = keptAnswers<object>(1)
  const first = await kept('a', async () => ({}))
  await setTimeout(10)
  expect(await kept('a', async () => ({}))).not.toBe(first)
})
