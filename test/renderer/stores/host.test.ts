// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { SystemInfo } from '../../../src/contract/system.ts'
import { useHostStore } from '../../../src/renderer/stores/host.ts'
import { provideFakeHost } from '../support/fake-host.ts'

test('what the host says of itself is the answer to the newest question, whichever comes last', async () => {
  const answers: PromiseWithResolvers<SystemInfo>[] = []
  provideFakeHost({
    system: {
      info() {
        answers.push(Promise.withResolvers())
        return answers.at(-1)!.promise
      },
      engine: () => Promise.resolve({} as never),
    },
  })
  const store = useHostStore()
  void store.refresh()
  expect(answers).toHaveLength(2)
  answers[1]!.resolve({ version: 'newer' } as SystemInfo)
  await flushPromises()
  answers[0]!.resolve({ version: 'older' } as SystemInfo)
  await flushPromises()
  expect(store.info?.version).toBe('newer')
})
