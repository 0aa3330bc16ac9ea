// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, onTestFinished } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useLiveRequest } from '../../../src/renderer/composables/use-live-request.ts'
import { provideFakeHost } from '../support/fake-host.ts'

/** A request whose responses are held back until they are let go. */
function live() {
  const host = provideFakeHost()
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const changes = ref(0)
  const held: PromiseWithResolvers<string>[] = []
  const signals: AbortSignal[] = []
  function ask(signal: AbortSignal): Promise<string> {
    signals.push(signal)
    held.push(Promise.withResolvers())
    return held.at(-1)!.promise
  }
  const request = host.run(() =>
    scope.run(() => useLiveRequest(ask, { changes: () => changes.value, everyMilliseconds: 0 })),
  )!
  async function change() {
    changes.value++
    await nextTick()
    await flushPromises()
  }
  return { request, held, signals, change }
}

describe('a request that follows the host', () => {
  it('is sent again after a change', async () => {
    const { request, held, change } = live()
    held[0]!.resolve('first')
    await flushPromises()
    expect(request.data.value).toBe('first')
    await change()
    expect(held.length).toBe(2)
    held[1]!.resolve('second')
    await flushPromises()
    expect(request.data.value).toBe('second')
  })

  it('is not aborted by changes, but sent once more when it is answered', async () => {
    const { request, held, signals, change } = live()
    await change()
    await change()
    expect(held.length).toBe(1)
    expect(signals[0]!.aborted).toBe(false)
    held[0]!.resolve('first')
    await flushPromises()
    expect(request.data.value).toBe('first')
    expect(held.length).toBe(2)
    held[1]!.resolve('second')
    await flushPromises()
    expect(request.data.value).toBe('second')
    expect(held.length).toBe(2)
  })
})
