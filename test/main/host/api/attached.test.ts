import { createRouterClient } from '@orpc/server'
import { expect, test } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import { attachedApi } from '../../../../src/main/host/api/attached.ts'
import { ExitlabError } from '../../../../src/shared/basics/error.ts'
import { fakeClient } from '../../cli/support.ts'

test('a call that the host did not answer before it ended fails with the sentence that says so, not as an internal error', async () => {
  const ended = new ExitlabError('conflict', 'The host of this workspace ended before it responded.')
  const host = fakeClient({ 'system.status': () => Promise.reject(ended) })
  const { router, context } = attachedApi(host)
  const client = createRouterClient(router as never, { context: context as never }) as unknown as HostClient
  await expect(client.system.status()).rejects.toMatchObject({
    code: 'EXITLAB',
    defined: true,
    message: ended.message,
    data: { code: 'conflict' },
  })
})
