// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import type { ImportedResult } from '../../../src/shared/runs/imported.ts'
import { useImportsStore } from '../../../src/renderer/stores/imports.ts'
import { provideFakeHost } from '../support/fake-host.ts'

test('a request that fails after a newer one was answered leaves its answer without an error', async () => {
  const requests: PromiseWithResolvers<ImportedResult[]>[] = []
  const host = provideFakeHost({
    imports: {
      list() {
        const request = Promise.withResolvers<ImportedResult[]>()
        requests.push(request)
        return request.promise
      },
    },
  })
  const store = useImportsStore()
  host.publish({ type: 'imports' })
  await vi.waitUntil(() => requests.length === 2)
  requests[1]!.resolve([])
  await flushPromises()
  requests[0]!.reject(new Error('the link was lost'))
  await flushPromises()
  expect(store.error).toBeNull()
})

test('results that could not be listed when the connection was lost are once it is back', async () => {
  const list = vi.fn<() => Promise<ImportedResult[]>>().mockResolvedValue([])
  list.mockRejectedValueOnce(new Error('the connection is lost'))
  const host = provideFakeHost({ imports: { list } })
  const store = useImportsStore()
  await vi.waitUntil(() => store.error !== null)
  host.cutLink()
  await flushPromises()
  host.mendLink()
  await vi.waitUntil(() => store.error === null)
  expect(list).toHaveBeenCalledTimes(2)
})
