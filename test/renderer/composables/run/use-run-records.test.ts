// @vitest-environment happy-dom
import { effectScope, ref } from 'vue'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { EpochDominance } from '../../../../src/shared/evaluation/dominance.ts'
import type { LogLine } from '../../../../src/shared/runs/runs.ts'
import { useDominance, useLog } from '../../../../src/renderer/composables/run/use-run-records.ts'
import { provideFakeHost } from '../../support/fake-host.ts'
import type { FakeHost } from '../../support/fake-host.ts'

let host: FakeHost

const measured = (epoch: number): EpochDominance => ({ epoch, batches: 8, exits: [0.5, 0.6], blocks: [[0.5], [0.6]] })
const record = { learningRate: 0.1, imagesPerSecond: 100, seconds: 1, peakMemoryBytes: 0 }
function complete(phase: string, epoch: number, dominance: EpochDominance | null = measured(epoch)): void {
  const whole = { ...record, epoch, improved: true, epochsWithoutImprovement: 0 }
  host.publish({ type: 'epoch', run: 'a', phase, record: whole, maxEpochs: 4, metrics: [], dominance })
}

beforeEach(() => void (host = provideFakeHost()))

it('new measurements are appended; missed ones and those of another phase are fetched', async () => {
  let kept = 1
  const dominance = vi.fn(async ({ after = 0 }: { phase: string; after?: number }) =>
    Array.from({ length: Math.max(0, kept - after) }, (_, index) => measured(after + 1 + index)),
  )
  host.answer({ runs: { dominance } })
  const phase = ref('p')
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const { rows } = host.run(() => scope.run(() => useDominance(() => phase.value))!)
  const epochs = () => rows.value.map(({ epoch }) => epoch)
  await vi.waitUntil(() => epochs().length === 1 && host.asked.after.length > 0)

  complete('p', 2)
  complete('other', 3)
  complete('p', 3, null)
  await vi.waitUntil(() => epochs().length === 2)
  expect(dominance).toHaveBeenCalledTimes(1)

  kept = 4
  complete('p', 4)
  await vi.waitUntil(() => epochs().length === 4)
  expect(epochs()).toEqual([1, 2, 3, 4])
  expect(dominance.mock.lastCall![0]).toEqual({ phase: 'p', after: 2 })

  kept = 2
  phase.value = 'q'
  await vi.waitUntil(() => epochs().length === 2)
  expect(dominance.mock.lastCall![0]).toEqual({ phase: 'q', after: 0 })
})

it('lines that are logged while older ones are fetched do not take their place', async () => {
  const line = (id: number): LogLine => ({ id, run: 'a', phase: null, at: id, level: 'info', message: `line ${id}` })
  const fetched = Promise.withResolvers<LogLine[]>()
  const log = vi.fn(() => fetched.promise)
  host.answer({ runs: { log } })
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const { rows, loading } = host.run(() =>
    scope.run(() =>
      useLog(
        () => 'a',
        () => [],
      ),
    )!,
  )
  await vi.waitUntil(() => host.asked.after.length > 0)
  host.publish({ type: 'log', line: line(3) })
  host.publish({ type: 'log', line: line(4) })
  await new Promise((resolve) => setTimeout(resolve, 20))
  fetched.resolve([1, 2, 3].map(line))
  await vi.waitUntil(() => !loading.value)
  expect(rows.value.map(({ id }) => id)).toEqual([1, 2, 3, 4])
  host.publish({ type: 'log', line: line(5) })
  await vi.waitUntil(() => rows.value.length === 5)
})
