import { describe, expect, test } from 'vitest'
import { createBoundedCache } from '../../../src/main/host/evaluation/bounded-cache.ts'

/** A cache of texts, each as heavy as it is long, and what it had to make. */
function texts(limit: number) {
  const cache = createBoundedCache<string>({ limit, weigh: (text) => text.length })
  const made: string[] = []
  const get = (text: string) => cache.get(text, async () => (made.push(text), text))
  return { get, made, cache }
}

describe('a bounded cache', () => {
  test('makes an answer once, also for those who ask while it is being made', async () => {
    const { get, made } = texts(10)
    expect(await Promise.all([get('a'), get('a')])).toEqual(['a', 'a'])
    await get('a')
    expect(made).toEqual(['a'])
  })

  test('drops what was asked for longest ago', async () => {
    const { get, made } = texts(4)
    for (const text of ['aa', 'bb', 'aa', 'cc', 'aa', 'bb']) await get(text)
    expect(made).toEqual(['aa', 'bb', 'cc', 'bb'])
  })

  test('keeps the last answer although it is heavier than all may be', async () => {
    const { get, made } = texts(4)
    for (const text of ['aaaaaa', 'aaaaaa', 'b', 'aaaaaa']) await get(text)
    expect(made).toEqual(['aaaaaa', 'b', 'aaaaaa'])
  })

  test('does not keep a failure', async () => {
    const { get, cache } = texts(4)
    await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await get('a')).toBe('a')
  })
})
