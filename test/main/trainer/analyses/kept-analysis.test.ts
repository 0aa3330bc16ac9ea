import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPreviews } from '../../../../src/main/trainer/analyses/kept-analysis.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('sends the first preview at once, then the latest every 500 ms', () => {
  const shown: unknown[] = []
  const previews = createPreviews((picture) => shown.push(picture), 500)
  for (let time = 0; time < 1200; time += 100) {
    previews.show(() => time)
    vi.advanceTimersByTime(100)
  }
  expect(shown).toEqual([0, 400, 900])
  vi.advanceTimersByTime(300)
  expect(shown).toEqual([0, 400, 900, 1100])
  vi.advanceTimersByTime(2000)
  expect(shown).toHaveLength(4)
  previews.show(() => 'later')
  expect(shown.at(-1)).toBe('later')
})

it('ends with the latest preview, and leaves no timer behind', () => {
  const shown: unknown[] = []
  const previews = createPreviews((picture) => shown.push(picture), 500)
  for (const picture of [1, 2, 3]) previews.show(() => picture)
  previews.end()
  expect(shown).toEqual([1, 3])
  expect(vi.getTimerCount()).toBe(0)
})

it('computes only the previews that it sends', () => {
  const made: number[] = []
  const previews = createPreviews(() => {}, 500)
  for (const picture of [1, 2, 3]) previews.show(() => made.push(picture))
  previews.end()
  expect(made).toEqual([1, 3])
})
