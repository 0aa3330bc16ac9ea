// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { useSettingsStore } from '../../../src/renderer/stores/settings.ts'
import { useToastsStore } from '../../../src/renderer/stores/toasts.ts'
import { provideFakeHost } from '../support/fake-host.ts'
import { runSummary } from '../support/run-summary.ts'

test('settings of an experiment that arrive while others are requested are kept', async () => {
  const answers: { experiments: readonly string[]; answer(): void }[] = []
  const host = provideFakeHost({
    experiments: {
      settings: ({ experiments }) =>
        new Promise((resolve) => {
          const settings = Object.fromEntries(
            experiments.map((id) => [id, { common: { 'training.epochs': 8 }, series: {} }]),
          )
          answers.push({ experiments, answer: () => resolve(settings) })
        }),
    },
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

test('settings that could not be read are told of, and read once the host is back', async () => {
  const settings = vi.fn(() => Promise.resolve({ a: { common: { 'training.epochs': 8 }, series: {} } }))
  settings.mockRejectedValueOnce(new Error('the disk is away'))
  const host = provideFakeHost({ experiments: { settings } })
  const store = useSettingsStore()
  const toasts = useToastsStore()
  host.publish({ type: 'run', run: runSummary({ id: 'a1', experimentId: 'a' }) })
  await vi.waitUntil(() => toasts.shown.length > 0)
  expect(toasts.shown[0]!.text).toBe('The settings of experiments could not be read: the disk is away')
  host.cutLink()
  await flushPromises()
  host.mendLink()
  await vi.waitUntil(() => store.byExperiment.has('a'))
  expect(toasts.shown).toEqual([])
})
