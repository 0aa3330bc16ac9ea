// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchSilence } from '../../../src/renderer/api/socket-link.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('keeps a link that answers, with a result or a refusal', async () => {
  const silent = vi.fn()
  let refuses = false
  const call = async () => {
    refuses = !refuses
    if (refuses) throw new Error('refused')
    return {}
  }
  const end = watchSilence({ call }, silent)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(silent).not.toHaveBeenCalled()
  end()
})

it('reports a silent link ten seconds after a request', async () => {
  const silent = vi.fn()
  const end = watchSilence({ call: () => new Promise(() => {}) }, silent)
  await vi.advanceTimersByTimeAsync(29_000)
  expect(silent).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(silent).toHaveBeenCalledOnce()
  end()
})

it('sends no more pings once it is ended', async () => {
  const call = vi.fn(async () => ({}))
  watchSilence({ call }, () => {})()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(call).not.toHaveBeenCalled()
})
