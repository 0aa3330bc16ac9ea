// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { beforeEach, expect, it, onTestFinished, vi, describe } from 'vitest'
import type { EpochRecord } from '../../../../src/shared/runs/runs.ts'
import { useEpochs, noEpochs, withEpochs } from '../../../../src/renderer/composables/run/use-epochs.ts'
import type { EpochHistory } from '../../../../src/renderer/composables/run/use-epochs.ts'
import { provideFakeHost } from '../../support/fake-host.ts'
import type { FakeHost } from '../../support/fake-host.ts'

let host: FakeHost

const record = (epoch: number): EpochRecord => ({
  epoch,
  learningRate: 0.1,
  imagesPerSecond: 100,
  seconds: 1,
  peakMemoryBytes: 0,
  improved: true,
  epochsWithoutImprovement: 0,
})
const complete = (epoch: number) =>
  host.publish({
    type: 'epoch',
    run: 'a',
    phase: 'p',
    record: record(epoch),
    maxEpochs: 4,
    metrics: [],
    dominance: null,
  })

beforeEach(() => void (host = provideFakeHost()))

it('missed epochs are fetched, and a failure to do so is reported', async () => {
  let kept = 1
  const epochs = vi.fn(async ({ after = 0 }: { after?: number }) => ({
    records: Array.from({ length: kept - after }, (_, index) => record(after + 1 + index)),
    metrics: [],
  }))
  host.answer({ runs: { epochs } })
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const shown = host.run(() => scope.run(() => useEpochs(() => ['p']))!)
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

it('an epoch that is completed while the first ones are fetched is not missed', async () => {
  const first = Promise.withResolvers<void>()
  let calls = 0
  const epochs = async () => {
    if (++calls > 1) return { records: [record(1), record(2)], metrics: [] }
    await first.promise
    return { records: [record(1)], metrics: [] }
  }
  host.answer({ runs: { epochs } })
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const { epochs: shown } = host.run(() => scope.run(() => useEpochs(() => ['p']))!)
  await vi.waitUntil(() => host.asked.after.length > 0)
  complete(2)
  await vi.waitUntil(() => calls === 2)
  first.resolve()
  await vi.waitUntil(() => shown.value.get('p')?.records.length === 2)
})

it('an answer that is older than what events have told takes no epoch away', async () => {
  const answers = [Promise.resolve(1), Promise.withResolvers<number>()] as const
  let calls = 0
  const epochs = async ({ after = 0 }: { after?: number }) => {
    const kept = await (calls++ === 0 ? answers[0] : answers[1].promise)
    return { records: Array.from({ length: kept - after }, (_, index) => record(after + 1 + index)), metrics: [] }
  }
  host.answer({ runs: { epochs } })
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const { epochs: shown } = host.run(() => scope.run(() => useEpochs(() => ['p']))!)
  const numbers = () => shown.value.get('p')?.records.map(({ epoch }) => epoch)
  await vi.waitUntil(() => numbers()?.length === 1 && host.asked.after.length > 0)
  host.cutLink()
  await new Promise((resolve) => setTimeout(resolve))
  host.mendLink()
  await vi.waitUntil(() => calls === 2)
  complete(2)
  complete(3)
  await vi.waitUntil(() => numbers()?.length === 3)
  answers[1].resolve(2)
  await new Promise((resolve) => setTimeout(resolve))
  expect(numbers()).toEqual([1, 2, 3])
})

function history(...epochs: [epoch: number, accuracy: number][]): EpochHistory {
  return {
    records: epochs.map(([epoch]) => record(epoch)),
    metrics: epochs.map(([epoch, accuracy]) => ({
      epoch,
      exit: 0,
      split: 'validation',
      values: { loss: 1, accuracy },
    })),
  }
}
const shown = ({ records, metrics }: EpochHistory) => ({
  records: records.map(({ epoch }) => epoch),
  metrics: metrics.map(({ epoch, values }) => [epoch, values.accuracy]),
})

describe('later epochs', () => {
  it('are appended to those that are known', () => {
    const joined = withEpochs(withEpochs(noEpochs, history([1, 0.25], [2, 0.5])), history([3, 0.75]))
    expect(shown(joined)).toEqual({
      records: [1, 2, 3],
      metrics: [
        [1, 0.25],
        [2, 0.5],
        [3, 0.75],
      ],
    })
  })

  it('replace those that were trained before a damage', () => {
    const joined = withEpochs(history([1, 0.25], [2, 0.5], [3, 0.625]), history([2, 0.75]))
    expect(shown(joined)).toEqual({
      records: [1, 2],
      metrics: [
        [1, 0.25],
        [2, 0.75],
      ],
    })
  })

  it('may be empty', () => {
    const known = history([1, 0.25])
    expect(withEpochs(known, noEpochs)).toBe(known)
  })
})
