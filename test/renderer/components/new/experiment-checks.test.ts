// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { parse } from 'yaml'
import { useExperimentDraft } from '../../../../src/renderer/components/new/use-experiment-draft.ts'
import { useExperimentChecks } from '../../../../src/renderer/components/new/use-experiment-checks.ts'
import type { Plan } from '../../../../src/contract/experiments.ts'
import { experimentFile } from '../../../../src/contract/experiment/experiment.ts'
import type { NetworkDrawing } from '../../../../src/shared/network/network-drawing.ts'
import { provideFakeHost } from '../../support/fake-host.ts'

const textOf = (name: string, data = 'mnist') => `name: ${name}
data: { source: ${data} }
network: { family: resnet, variant: resnet18 }
regimes: [joint]
`
const source = (text: string) => ({ text, folder: null, fileName: null })
/** A plan that is told by its number of runs. */
const planOf = (runs: number) => ({ runs }) as Plan

/** The checks of a draft, whose plans are answered one by one. */
function checked() {
  const answers: ((plan: Plan | Error) => void)[] = []
  const host = provideFakeHost({
    experiments: {
      parse: async ({ source: text }) => experimentFile.parse(parse(text)),
      plan: () =>
        new Promise((resolve, reject) =>
          answers.push((plan) => (plan instanceof Error ? reject(plan) : resolve(plan))),
        ),
      network: () => new Promise(() => {}),
    },
  })
  const draft = { source: ref(source(textOf('first'))), loads: ref(0) }
  const checks = effectScope().run(() => host.run(() => useExperimentChecks(draft)))!
  const load = (text: string) => {
    draft.source.value = source(text)
    draft.loads.value++
  }
  return { draft, checks, load, answers }
}

test('the plan of an experiment goes with it once another one is loaded', async () => {
  const { checks, load, answers } = checked()
  await vi.waitUntil(() => answers.length === 1)
  answers[0]!(planOf(3))
  await vi.waitUntil(() => checks.plan.value?.runs === 3)
  load(textOf('second'))
  expect(checks.plan.value).toBeNull()
  await vi.waitUntil(() => answers.length === 2)
  expect(checks.plan.value).toBeNull()
  answers[1]!(planOf(8))
  await vi.waitUntil(() => checks.plan.value?.runs === 8)
})

test('the plan stays while the experiment is being changed', async () => {
  const { draft, checks, answers } = checked()
  await vi.waitUntil(() => answers.length === 1)
  answers[0]!(planOf(3))
  await vi.waitUntil(() => checks.plan.value?.runs === 3)
  draft.source.value = source(textOf('first', 'cifar10'))
  await vi.waitUntil(() => answers.length === 2)
  expect(checks.plan.value?.runs).toBe(3)
  expect(checks.pending.value).toBe(true)
})

test('what was wrong with an experiment is not said of another one that was loaded', async () => {
  const { checks, load, answers } = checked()
  await vi.waitUntil(() => answers.length === 1)
  answers[0]!(new Error('no images'))
  await vi.waitUntil(() => checks.fault.value !== null)
  load(textOf('second'))
  expect(checks.fault.value).toBeNull()
  await vi.waitUntil(() => answers.length === 2)
  expect(checks.fault.value).toBeNull()
})

test('the checks of a draft end, when it is opened and after each change', async () => {
  const host = provideFakeHost({
    experiments: {
      parse: async ({ source: text }) => experimentFile.parse(parse(text)),
      plan: async () => planOf(3),
      network: async () => ({}) as NetworkDrawing,
    },
  })
  const { draft, checks } = effectScope().run(() =>
    host.run(() => {
      const own = useExperimentDraft()
      return { draft: own, checks: useExperimentChecks(own) }
    }),
  )!
  draft.load(source(textOf('first')))
  await vi.waitUntil(() => checks.experiment.value?.file.name === 'first' && !checks.pending.value)
  draft.write(textOf('second'))
  expect(checks.pending.value).toBe(true)
  await vi.waitUntil(() => checks.experiment.value?.file.name === 'second' && !checks.pending.value)
})
