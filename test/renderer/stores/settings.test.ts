// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { fakeHost } from '../support/fake-host.ts'
import { runSummary } from '../support/run-summary.ts'

const host = fakeHost()
vi.mock('../../../src/renderer/api/client.ts', () => ({ client: host.client, connection: host.connection }))
const { useSettingsStore } = await import('../../../src/renderer/stores/settings.ts')

test('settings of an experiment that comes while others are asked for stay', async () => {
  setActivePinia(createPinia())
  const answers: { experiments: readonly string[]; answer(): void }[] = []
  host.client.experiments.settings = ({ experiments }) =>
    new Promise((resolve) => {
      const settings = Object.fromEntries(experiments.map((id) => [id, { 'training.epochs': 8 }]))
      answers.push({ experiments, answer: () => resolve(settings) })
    })
  const store = useSettingsStore()
  host.publish({ type: 'run', run: runSummary({ id: 'a1', experimentId: 'a' }) })
  await vi.waitUntil(() => answers.length === 1)
  host.publish({ type: 'run', run: runSummary({ id: 'b1', experimentId: 'b' }) })
  await vi.waitUntil(() => answers.length === 2)
  expect(answers[1]!.experiments).toEqual(['a', 'b'])
  answers[1]!.answer()
  await vi.waitUntil(() => store.byExperiment.has('b'))
  answers[0]!.answer()
  await flushPromises()
  expect([...store.byExperiment.keys()]).toEqual(['a', 'b'])
})
