// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useTrainingCurves } from '../../../../src/renderer/composables/compare/use-training-curves.ts'
import type { RunSummary } from '../../../../src/shared/runs/runs.ts'
import { provideFakeHost, type FakeHost } from '../../support/fake-host.ts'
import { runSummary } from '../../support/run-summary.ts'

let host: FakeHost
const asked: string[][] = []
const mostPoints: (number | undefined)[] = []
/** Accuracy 1 % at epoch 1, 2 % at epoch 2 … */
const epochs: Record<string, number> = {}

beforeEach(() => {
  asked.length = mostPoints.length = 0
  host = provideFakeHost({
    evaluations: {
      series: async ({ runs }) => ['a', 'b'].map((id, look) => ({ id, series: `${runs.join()} · ${id}`, look })),
    },
    runs: {
      curves: async ({ runs, points: most }) => {
        asked.push([...runs])
        mostPoints.push(most)
        const series = runs.map((run) => ({ run, points: epochs[run]! }))
        const values = series.flatMap(({ points }) =>
          Array.from({ length: points }, (_, index) => [index + 1, (index + 1) / 100]).flat(),
        )
        return { series, values: new Blob([new Float32Array(values)]) }
      },
    },
  })
})

const at = (id: string, epoch: number): RunSummary => {
  epochs[id] = epoch
  return runSummary({ id, name: id, status: 'running', latest: { epoch, exits: [], imagesPerSecond: 1 } })
}

async function opened(runs: readonly RunSummary[]) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { render: () => null } }],
  })
  await router.push('/')
  const shown = shallowRef(runs)
  let curves!: ReturnType<typeof useTrainingCurves>
  const setup = () => {
    curves = useTrainingCurves({
      runs: () => shown.value,
      imports: () => [],
      among: () => ['everything'],
    })
    return () => null
  }
  const wrapper = mount({ setup }, { global: { plugins: [router] } })
  onTestFinished(() => wrapper.unmount())
  await vi.waitUntil(() => curves.data.value !== null)
  return {
    shown,
    router,
    host,
    drawn: () => curves.data.value!,
    lines: () => curves.data.value!.lines,
    lengths: () => curves.data.value!.lines.map(({ points }) => points.length),
  }
}

test('only the run with a new epoch is requested again', async () => {
  const { shown, lengths } = await opened([at('a', 2), at('b', 3)])
  expect([asked, lengths()]).toEqual([[['a', 'b']], [2, 3]])
  shown.value = [at('a', 2), at('b', 4)]
  await vi.waitUntil(() => lengths()[1] === 4)
  expect([asked.slice(1), lengths()]).toEqual([[['b']], [2, 4]])
})

test('an epoch that ends while curves are on their way does not discard them, and is asked for after them', async () => {
  const { shown, router, lengths, host } = await opened([at('a', 2)])
  const first = Promise.withResolvers<void>()
  const signals: AbortSignal[] = []
  const answered = (points: number) => ({
    series: [{ run: 'a', points }],
    values: new Blob([new Float32Array(Array.from({ length: points }, (_, index) => [index + 1, 0.5]).flat())]),
  })
  host.answer({
    runs: {
      curves: async (_, options) => {
        signals.push(options!.signal!)
        if (signals.length === 1) await first.promise
        return answered(signals.length + 2)
      },
    },
  })
  await router.push('/?curve=loss')
  await vi.waitUntil(() => signals.length === 1)
  shown.value = [at('a', 3)]
  await flushPromises()
  expect([signals.length, signals[0]!.aborted]).toEqual([1, false])
  first.resolve()
  await vi.waitUntil(() => lengths()[0] === 4)
  expect(signals).toHaveLength(2)
})

test('all runs are requested again for another metric', async () => {
  const { router } = await opened([at('a', 2), at('b', 3)])
  await router.push('/?curve=loss')
  await vi.waitUntil(() => asked.length === 2)
  expect(asked[1]).toEqual(['a', 'b'])
})

test('values of the metric before are not drawn as those of another', async () => {
  const later = Promise.withResolvers<never>()
  const { router, drawn, host } = await opened([at('a', 2)])
  host.answer({ runs: { curves: () => later.promise } })
  await router.push('/?curve=loss&scale=log')
  await flushPromises()
  expect(drawn()).toMatchObject({ metric: { name: 'accuracy' }, scale: 'log' })
})

test('series are called, and look, as the host says of all that is compared', async () => {
  const { lines } = await opened([at('b', 2)])
  expect(lines().map(({ name, look }) => [name, look])).toEqual([['everything · b, seed 0', 1]])
})

test('every epoch is requested, for means over seeds and averages over epochs are of epochs', async () => {
  await opened([at('a', 2), at('b', 3)])
  expect(mostPoints).toEqual([undefined])
})

test('why the names of the series are not known is said', async () => {
  host.answer({ evaluations: { series: () => Promise.reject(new Error('a run is gone')) } })
  const router = createRouter({ history: createMemoryHistory(), routes: [] })
  let curves!: ReturnType<typeof useTrainingCurves>
  const setup = () => {
    curves = useTrainingCurves({ runs: () => [at('a', 1)], imports: () => [], among: () => ['a'] })
    return () => null
  }
  const wrapper = mount({ setup }, { global: { plugins: [router] } })
  onTestFinished(() => wrapper.unmount())
  await flushPromises()
  expect(curves.error.value).toBe('a run is gone')
})
