import type { ModeConnectivity } from '../../../../src/readings/analyses/mode-connectivity/schema.ts'
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { AnalysisChoice } from '../../../../src/contract/analyses.ts'
import type { AnalysisScope } from '../../../../src/renderer/composables/analyses/use-analysis-scope.ts'
import type { PaperRegime } from '../../../../src/shared/phases/phase.ts'
import { useAnalysisScope } from '../../../../src/renderer/composables/analyses/use-analysis-scope.ts'
import { useChangedParameters } from '../../../../src/renderer/composables/analyses/use-changed-parameters.ts'
import { useAnalysisKinds } from '../../../../src/renderer/composables/analyses/use-analysis-kinds.ts'
import { useRunsStore } from '../../../../src/renderer/stores/runs.ts'
import { provideFakeHost, type FakeHost } from '../../support/fake-host.ts'
import { runSummary } from '../../support/run-summary.ts'

let host: FakeHost

beforeEach(() => void (host = provideFakeHost()))

/** An experiment's finished run. `name` is of the experiment; default: its id. */
function trained(experimentId: string, regime: PaperRegime, seed: number, { createdAt = 0, name = experimentId } = {}) {
  const id = `${experimentId}-${regime}-${seed}`
  const run = runSummary({ id, experimentId, experiment: name, regime, seed, createdAt, status: 'done' })
  host.publish({ type: 'run', run })
}

/** A viewer at an address. */
async function viewer(query = '') {
  const Empty = { template: '<div />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', name: 'viewer', component: Empty }],
  })
  await router.push(`/${query}`)
  let scope!: AnalysisScope
  let changed!: ReturnType<typeof useChangedParameters<ModeConnectivity>>
  const setup = () => {
    scope = useAnalysisScope()
    changed = useChangedParameters<ModeConnectivity>('mode-connectivity')
    return () => null
  }
  const wrapper = mount({ setup }, { global: { plugins: [router] } })
  onTestFinished(() => wrapper.unmount())
  await vi.waitUntil(() => useRunsStore().loaded)
  return { scope, changed, router }
}
const chosen = ({ chosen: runs }: AnalysisScope) => runs.value.map(({ id }) => id)

describe('the scope of an analysis screen', () => {
  beforeEach(() => {
    trained('old', 'joint', 1, { createdAt: 1 })
    for (const seed of [2, 1])
      for (const regime of ['mixed', 'disjoint'] as const) trained('new', regime, seed, { createdAt: 2 })
    host.publish({
      type: 'run',
      run: runSummary({ id: 'going', experimentId: 'new', status: 'running', createdAt: 3 }),
    })
  })

  it('is the first seed of the newest experiment with a result, in the order of regimes', async () => {
    const { scope } = await viewer()
    expect(scope.experiments.value.map(({ id }) => id)).toEqual(['new', 'old'])
    expect([scope.experiment.value, scope.seed.value, scope.seeds.value]).toEqual(['new', 1, [1, 2]])
    expect(chosen(scope)).toEqual(['new-disjoint-1', 'new-mixed-1'])
  })

  it('does not change when a newer experiment has its first result: the default enters the address', async () => {
    const { scope, router } = await viewer('?set.points=51')
    await vi.waitUntil(() => router.currentRoute.value.query['experiment'] === 'new')
    expect(router.currentRoute.value.query['set.points']).toBe('51')
    trained('newer', 'joint', 1, { createdAt: 9 })
    await vi.waitUntil(() => scope.experiments.value[0]!.id === 'newer')
    expect(scope.experiment.value).toBe('new')
  })

  it('is the newest experiment of a name, and does not change when another one comes', async () => {
    trained('first', 'joint', 1, { createdAt: 5, name: 'twin' })
    trained('second', 'joint', 1, { createdAt: 6, name: 'twin' })
    const { scope, router } = await viewer('?experiment=twin')
    expect(scope.experiment.value).toBe('second')
    await vi.waitUntil(() => router.currentRoute.value.query['experiment'] === 'second')
    trained('third', 'joint', 1, { createdAt: 7, name: 'twin' })
    await vi.waitUntil(() => scope.experiments.value[0]!.id === 'third')
    expect(scope.experiment.value).toBe('second')
  })

  it('is not an older experiment of a name whose newest has no results yet', async () => {
    trained('first', 'joint', 1, { createdAt: 5, name: 'twin' })
    const going = { id: 'second-1', experimentId: 'second', experiment: 'twin', createdAt: 6 }
    host.publish({ type: 'run', run: runSummary({ ...going, status: 'running' }) })
    const { scope } = await viewer('?experiment=twin')
    expect(scope.experiment.value).toBeNull()
  })

  it('is empty where the address names an experiment that does not exist', async () => {
    const { scope } = await viewer('?experiment=gone')
    expect(scope.experiment.value).toBeNull()
    expect(chosen(scope)).toEqual([])
  })

  it('is read from the address, and written there', async () => {
    const { scope, router } = await viewer('?seed=all&regimes=mixed')
    expect(chosen(scope)).toEqual(['new-mixed-1', 'new-mixed-2'])
    scope.seed.value = 2
    scope.chosenRegimes.value = ['disjoint']
    await vi.waitUntil(() => router.currentRoute.value.query['seed'] === '2')
    expect(router.currentRoute.value.query).toEqual({ experiment: 'new', seed: '2', regimes: 'disjoint' })
    expect(chosen(scope)).toEqual(['new-disjoint-2'])
  })

  it('is reset with another experiment, which the back button undoes', async () => {
    const { scope, router } = await viewer('?seed=2&regimes=mixed&set.points=51')
    scope.experiment.value = 'old'
    await vi.waitUntil(() => router.currentRoute.value.query['experiment'] === 'old')
    expect(router.currentRoute.value.query).toEqual({ experiment: 'old', 'set.points': '51' })
    expect(chosen(scope)).toEqual(['old-joint-1'])
    router.back()
    await vi.waitUntil(() => scope.experiment.value === 'new')
  })

  it('is any runs that the address names, if they are done', async () => {
    const { scope } = await viewer('?runs=new-mixed-2,old-joint-1,going')
    expect(scope.byHand.value).toBe(true)
    expect(chosen(scope)).toEqual(['new-mixed-2', 'old-joint-1'])
  })

  it('has the parameters of the address, as values of their types', async () => {
    const { changed, router } = await viewer('?set.points=51&set.matched=false&set.batchNorm=interpolated&seed=2')
    expect(changed.value).toEqual({ points: 51, matched: false, batchNorm: 'interpolated' })
    changed.value = { points: 9 }
    await vi.waitUntil(() => router.currentRoute.value.query['set.points'] === '9')
    expect(router.currentRoute.value.query).toEqual({ experiment: 'new', seed: '2', 'set.points': '9' })
  })

  it('has no parameter that is set to its default', async () => {
    const schema = { properties: { points: { default: 25 }, matched: { default: true } } }
    host.answer({
      analyses: { kinds: async () => [{ kind: 'mode-connectivity', parameters: schema } as unknown as AnalysisChoice] },
    })
    const { changed, router } = await viewer('?set.points=51&seed=2')
    await vi.waitUntil(() => useAnalysisKinds().list)
    changed.value = { ...changed.value, points: 25, matched: false }
    await vi.waitUntil(() => router.currentRoute.value.query['set.matched'])
    expect(router.currentRoute.value.query).toEqual({ experiment: 'new', seed: '2', 'set.matched': 'false' })
  })
})
