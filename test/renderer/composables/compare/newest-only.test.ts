import { describe, expect, it } from 'vitest'
import { newestOnly } from '../../../../src/renderer/composables/compare/newest-only.ts'

/** Frames and answers come when a test says so. */
function rig() {
  const frames: (() => void)[] = []
  const asked: { input: number; answer(value: string): void; fail(error: Error): void }[] = []
  const taken: string[] = []
  const failed: number[] = []
  let now = 0
  const request = newestOnly<number, string>({
    ask: (input) => new Promise((answer, fail) => asked.push({ input, answer, fail })),
    answered: (answer, input, ms) => taken.push(`${input}: ${answer}, ${ms} ms`),
    failed: (_error, input) => failed.push(input),
    nextFrame: (callback) => frames.push(callback),
    nowMs: () => now,
  })
  const frame = () => frames.splice(0).forEach((callback) => callback())
  return { request, frame, asked, taken, failed, pass: (ms: number) => (now += ms) }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('of many requests', () => {
  it('only the newest of a frame is asked', () => {
    const { request, frame, asked } = rig()
    ;[1, 2, 3].forEach(request)
    expect(asked).toEqual([])
    frame()
    expect(asked.map(({ input }) => input)).toEqual([3])
  })

  it('only the newest of those that came during an answer is asked next', async () => {
    const { request, frame, asked, taken, pass } = rig()
    request(1)
    frame()
    ;[2, 3, 4].forEach(request)
    frame()
    expect(asked).toHaveLength(1)
    pass(40)
    asked[0]!.answer('one')
    await settled()
    expect(taken).toEqual(['1: one, 40 ms'])
    frame()
    expect(asked.map(({ input }) => input)).toEqual([1, 4])
  })

  it('a later one is asked though an earlier one failed', async () => {
    const { request, frame, asked, taken, failed } = rig()
    request(1)
    frame()
    asked[0]!.fail(new Error('no'))
    await settled()
    frame()
    expect(failed).toEqual([1])
    request(2)
    frame()
    asked[1]!.answer('two')
    await settled()
    expect(taken).toEqual(['2: two, 0 ms'])
  })
})
