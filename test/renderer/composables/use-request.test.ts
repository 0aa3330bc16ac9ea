// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useRequest } from '../../../src/renderer/composables/use-request.ts'
import { provideFakeHost, type FakeHost } from '../support/fake-host.ts'

let host: FakeHost

beforeEach(() => void (host = provideFakeHost()))

/** A question about a number, whose answers come when the test says so. */
function question() {
  const scope = effectScope()
  const about = ref<number | null>(1)
  const asked: { about: number; signal: AbortSignal; answer: PromiseWithResolvers<string> }[] = []
  const answer = host.run(() =>
    scope.run(() =>
      useRequest((signal) => {
        if (about.value === null) return null
        const entry = { about: about.value, signal, answer: Promise.withResolvers<string>() }
        asked.push(entry)
        return entry.answer.promise
      }),
    )!,
  )
  return { about, asked, answer, stop: () => scope.stop() }
}

describe('an answer', () => {
  it('is requested again when its inputs change, and the last one is kept until then', async () => {
    const { about, asked, answer } = question()
    asked[0]!.answer.resolve('one')
    await vi.waitUntil(() => !answer.loading.value)
    about.value = 2
    await nextTick()
    expect([answer.data.value, answer.loading.value]).toEqual(['one', true])
    asked[1]!.answer.resolve('two')
    await vi.waitUntil(() => answer.data.value === 'two')
  })

  it('is dropped when it comes after another request was sent', async () => {
    const { about, asked, answer } = question()
    about.value = 2
    await nextTick()
    expect(asked[0]!.signal.aborted).toBe(true)
    asked[1]!.answer.resolve('two')
    await vi.waitUntil(() => answer.data.value === 'two')
    asked[0]!.answer.resolve('one')
    await nextTick()
    expect(answer.data.value).toBe('two')
  })

  it('reports an error, and clears it with the next answer', async () => {
    const { asked, answer } = question()
    asked[0]!.answer.reject(new Error('no such run'))
    await vi.waitUntil(() => answer.error.value !== null)
    expect(answer.error.value).toBe('no such run')
    const refreshed = answer.refresh()
    await nextTick()
    asked[1]!.answer.resolve('one')
    await refreshed
    expect([answer.error.value, answer.data.value]).toEqual([null, 'one'])
  })

  it('says whether what was asked about is gone', async () => {
    const { asked, answer } = question()
    asked[0]!.answer.resolve('one')
    await vi.waitUntil(() => !answer.loading.value)
    void answer.refresh()
    await nextTick()
    asked[1]!.answer.reject(new ORPCError('EXITLAB', { message: 'deleted', data: { code: 'not-found' } }))
    await vi.waitUntil(() => answer.error.value !== null)
    expect(answer.gone.value).toBe(true)
    void answer.refresh()
    await nextTick()
    asked[2]!.answer.reject(new Error('the disk is full'))
    await vi.waitUntil(() => answer.error.value !== 'deleted')
    expect(answer.gone.value).toBe(false)
  })

  it('names the problems and runs of a refusal, until there is an answer or nothing to ask', async () => {
    const { about, asked, answer } = question()
    const problems = [{ path: ['runs', 0], message: 'not evaluated' }]
    const refused = () =>
      new ORPCError('EXITLAB', { message: 'no', data: { code: 'conflict', problems, runs: ['r1'] } })
    const shown = () => [answer.error.value, answer.problems.value, answer.runs.value]
    asked[0]!.answer.reject(refused())
    await vi.waitUntil(() => answer.error.value !== null)
    expect(shown()).toEqual(['no', problems, ['r1']])
    about.value = 2
    await nextTick()
    asked[1]!.answer.resolve('two')
    await vi.waitUntil(() => answer.error.value === null)
    expect(shown()).toEqual([null, [], []])
    about.value = 3
    await nextTick()
    asked[2]!.answer.reject(refused())
    await vi.waitUntil(() => answer.error.value !== null)
    about.value = null
    await nextTick()
    expect(shown()).toEqual([null, [], []])
  })

  it('is requested again when a lost connection is restored', async () => {
    const { asked } = question()
    host.cutLink()
    await nextTick()
    host.mendLink()
    await nextTick()
    await nextTick()
    expect(asked).toHaveLength(2)
  })

  it('is not requested where there is nothing to request, nor after its component is gone', async () => {
    const { about, asked, answer, stop } = question()
    about.value = null
    await nextTick()
    expect([asked.length, answer.loading.value]).toEqual([1, false])
    about.value = 3
    await nextTick()
    stop()
    expect(asked[1]!.signal.aborted).toBe(true)
    about.value = 4
    await nextTick()
    expect(asked).toHaveLength(2)
  })
})
