// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { effectScope } from 'vue'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { EpochRecord } from '../../../../src/shared/runs.ts'
import { fakeHost } from '../../support/fake-host.ts'

let host = fakeHost()
vi.mock('../../../../src/renderer/api/client.ts', () => ({
  get client() {
    return host.client
  },
  get connection() {
    return host.connection
  },
}))
const { useEpochs } = await import('../../../../src/renderer/composables/run/use-epochs.ts')

const record = (epoch: number): EpochRecord => ({
  ...{ epoch, learningRate: 0.1, imagesPerSecond: 100, seconds: 1, peakMemoryBytes: 0 },
  ...{ improved: true, epochsWithoutImprovement: 0 },
})
const complete = (epoch: number) =>
  host.publish({ type: 'epoch', run: 'a', phase: 'p', record: record(epoch), metrics: [], dominance: null })

beforeEach(() => {
  host = fakeHost()
  setActivePinia(createPinia())
})

it('epochs that were missed are fetched, and why they cannot be is told', async () => {
  let kept = 1
  const epochs = vi.fn(async ({ after }: { after: number }) => ({
    records: Array.from({ length: kept - after }, (_, index) => record(after + 1 + index)),
    metrics: [],
  }))
  Object.assign(host.client.runs, { epochs })
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const shown = scope.run(() => useEpochs(() => ['p']))!
  const numbers = () => shown.epochs.value.get('p')?.records.map(({ epoch }) => epoch)
  await vi.waitUntil(() => numbers()?.length === 1 && host.asked.after.length > 0)
  complete(2)
  await vi.waitUntil(() => numbers()?.length === 2)

  epochs.mockRejectedValueOnce(new Error('the disk is away'))
  complete(4)
  await vi.waitUntil(() => shown.error.value !== null)
  expect(shown.error.value).toBe('the disk is away')
  kept = 5
  complete(5)
  await vi.waitUntil(() => numbers()?.length === 5)
  expect([numbers(), shown.error.value]).toEqual([[1, 2, 3, 4, 5], null])
})
