// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { socketAddress } from '../../../src/renderer/api/socket-link.ts'

/** The session of a page that was opened at an address; the host answers with a status. */
async function pageAt(hash: string, status: number) {
  vi.resetModules()
  history.replaceState(null, '', `/${hash}`)
  const asked = vi.fn(async (_path: string, _init?: RequestInit) => new Response(null, { status }))
  vi.stubGlobal('fetch', asked)
  return { asked, session: await import('../../../src/renderer/api/session.ts') }
}
const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => 'let in',
    (error: Error) => error.name,
  )

afterEach(() => vi.unstubAllGlobals())

describe('the token in the address', () => {
  it('is taken out of it and exchanged once', async () => {
    const { asked, session } = await pageAt('#token=a%2Bb', 204)
    expect(location.hash).toBe('')
    await session.openSession()
    await session.openSession()
    expect(asked).toHaveBeenCalledOnce()
    expect(asked.mock.calls[0]![1]!.body).toBe('{"token":"a+b"}')
  })

  it('is ignored where it is garbled, and the page opens', async () => {
    const { asked, session } = await pageAt('#token=%E0%A4%A', 401)
    expect(await outcome(session.openSession())).toBe('Refused')
    expect(asked).toHaveBeenCalledOnce()
  })

  it('is kept for a retry where the host could not answer, not where it refuses', async () => {
    const busy = await pageAt('#token=t', 503)
    expect(await outcome(busy.session.openSession())).toBe('Error')
    expect(await outcome(busy.session.openSession())).toBe('Error')
    expect(busy.asked).toHaveBeenCalledTimes(2)
    const wrong = await pageAt('#token=t', 401)
    expect(await outcome(wrong.session.openSession())).toBe('Refused')
  })

  it('is not needed by a page with a session, nor taken for a route', async () => {
    const { asked, session } = await pageAt('#/runs?q=token=1', 204)
    await session.openSession()
    expect([location.hash, asked.mock.calls.length]).toEqual(['#/runs?q=token=1', 0])
  })
})

describe('a session', () => {
  it.each([
    [401, 'Refused'],
    [403, 'Refused'],
    [204, 'let in'],
    [500, 'let in'],
  ])('that the host answers with %d is %s', async (status, expected) => {
    const { session } = await pageAt('', status)
    expect(await outcome(session.checkSession())).toBe(expected)
  })
})

describe('the socket', () => {
  it('is beside the page, whatever its place and path', () => {
    expect(socketAddress('http://127.0.0.1:7140/#/runs/a')).toBe('ws://127.0.0.1:7140/rpc')
    expect(socketAddress('https://host/lab/index.html#/new')).toBe('wss://host/lab/rpc')
  })
})
