// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client'
import { describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { clientOver } from '../../../src/renderer/api/host.ts'
import type { Connection } from '../../../src/renderer/api/connection.ts'
import { messageOf, problemsOf } from '../../../src/renderer/api/errors.ts'
import type { Link } from '../../../src/renderer/api/link.ts'

function connectionOver(call: Link['rpc']['call']) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const link: Link = { rpc: { call }, closed: promise, close: resolve }
  const connection: Connection = {
    state: ref('open'),
    nextAttemptAt: ref(null),
    link: async () => link,
    retry: () => {},
    close: () => {},
  }
  return { connection, link }
}
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

describe('a call', () => {
  it('reaches the host under its name, with its input', async () => {
    const call = vi.fn(async () => ['answer'])
    const { connection } = connectionOver(call)
    expect(await clientOver(connection).runs.list({ runs: ['a'] })).toEqual(['answer'])
    expect(call).toHaveBeenCalledWith(['runs', 'list'], { runs: ['a'] }, expect.anything())
  })

  it('reports that the connection was lost where the link ends before the answer', async () => {
    const { connection, link } = connectionOver(async () => {
      link.close()
      throw new Error('queue was closed')
    })
    const error = await failure(clientOver(connection).system.info())
    expect(messageOf(error)).toMatch(/^The connection to the host was lost before its answer arrived\. Look/)
  })

  it('leaves no listener on a link that stays open', async () => {
    const { connection, link } = connectionOver(async () => 'answer')
    const waits = vi.spyOn(link.closed, 'then')
    for (let call = 0; call < 5; call++) await clientOver(connection).system.info()
    expect(waits).not.toHaveBeenCalled()
  })

  it('gives a refusal as the host words it, with its problems', async () => {
    const problems = [{ path: ['training', 'epochs'], message: 'must be positive' }]
    const data = { code: 'invalid-experiment', problems }
    const { connection } = connectionOver(async () => {
      throw new ORPCError('EXITLAB', { defined: true, message: 'training.epochs must be positive', data })
    })
    const error = await failure(clientOver(connection).experiments.parse({ source: '' }))
    expect(messageOf(error)).toBe('training.epochs must be positive')
    expect(problemsOf(error)).toEqual(problems)
  })

  it('has no problems where the error is not the host’s', () => {
    expect([messageOf(new Error('no')), problemsOf(new Error('no'))]).toEqual(['no', []])
  })
})
