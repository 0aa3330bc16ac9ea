// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { defineComponent, h, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ExitRuleChoice } from '../../../../src/contract/evaluations.ts'
import { useSamples } from '../../../../src/renderer/composables/compare/use-samples.ts'
import { useLargestErrors } from '../../../../src/renderer/composables/compare/use-largest-errors.ts'
import { aRun } from '../../components/runs/support/run.ts'
import { provideFakeHost } from '../../support/fake-host.ts'
import { aQuery } from './a-query.ts'

const choice = { name: 'static', thresholds: { low: 0, high: 1, step: 1 } } as ExitRuleChoice

/** The samples of a run whose exit rule the host tells when `tell` is called, and what the host is asked. */
function opened(task?: 'regression') {
  const asked: { thresholds: number | number[]; offset?: number | undefined }[] = []
  const rules = Promise.withResolvers<ExitRuleChoice[]>()
  const ask = async ({ question }: { question?: object }) => (
    asked.push(question as (typeof asked)[number]),
    { split: 'test', samples: [{ sample: 3 }] }
  )
  provideFakeHost({
    evaluations: { rules: () => rules.promise },
    readings: { ask },
    data: { samples: async () => ({ samples: [], classes: null }) as never },
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { render: () => null } }],
  })
  const run = aRun({ task })
  const query = shallowRef(aQuery({ runs: [run.id], rule: 'static' }))
  let samples!: ReturnType<typeof useSamples>
  let values!: ReturnType<typeof useLargestErrors>
  const Screen = defineComponent({
    setup() {
      samples = useSamples({ runs: () => [run], query: () => query.value })
      if (task === 'regression') values = useLargestErrors(samples)
      return () => h('p')
    },
  })
  mount(Screen, { global: { plugins: [router] } })
  return { asked, query, samples, values, tell: () => rules.resolve([choice]), refuse: rules.reject }
}

test.each([undefined, 'regression'] as const)('samples are asked for once thresholds are known (%s)', async (task) => {
  const { asked, tell } = opened(task)
  await flushPromises()
  expect(asked).toEqual([])
  tell()
  await flushPromises()
  expect(asked).toMatchObject([{ thresholds: 1, offset: 0 }])
})

test('another split begins with its first page', async () => {
  const { asked, query, values, tell } = opened('regression')
  await flushPromises()
  tell()
  await flushPromises()
  values.page.value++
  await flushPromises()
  query.value = { ...query.value, split: 'validation' }
  await vi.waitUntil(() => values.page.value === 0)
  expect(asked.map(({ offset }) => offset)).toEqual([0, 24, 0])
})

test('why thresholds are not known is said in the place of samples', async () => {
  const { samples, refuse } = opened()
  refuse(new Error('the rule is unknown'))
  await flushPromises()
  expect(samples.found.error.value).toBe('the rule is unknown')
})

test('pictures of one run are not shown under the samples of another, nor asked for with them', async () => {
  const pictures: { run: string; answer: PromiseWithResolvers<unknown> }[] = []
  provideFakeHost({
    evaluations: { rules: async () => [choice] },
    readings: {
      ask: async ({ question }) => ({ run: (question!.runs as string[])[0], split: 'test', samples: [{ sample: 3 }] }),
    },
    data: {
      samples: ({ of }) => {
        const answer = Promise.withResolvers<unknown>()
        pictures.push({ run: (of as { run: string }).run, answer })
        return answer.promise as never
      },
    },
  })
  const routes = [{ path: '/', component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/')
  const runs = ['a', 'b'].map((id) => aRun({ id }))
  const query = aQuery({ runs: ['a', 'b'], rule: 'static' })
  let samples!: ReturnType<typeof useSamples>
  const setup = () => {
    samples = useSamples({ runs: () => runs, query: () => query })
    return () => h('p')
  }
  mount({ setup }, { global: { plugins: [router] } })
  const show = async (id: string) => {
    samples.runId.value = id
    await vi.waitUntil(() => pictures.at(-1)?.run === id)
  }
  const shown = () => [...samples.drawn.value.keys()]
  await show('a')
  pictures.at(-1)!.answer.resolve({ classes: [], samples: [{ sample: 3 }] })
  await vi.waitUntil(() => shown().length === 1)
  await show('b')
  expect(shown()).toEqual([])
  pictures.at(-1)!.answer.resolve({ classes: [], samples: [{ sample: 3 }] })
  await vi.waitUntil(() => shown().length === 1)
  expect(pictures.map(({ run }) => run)).toEqual(['a', 'b'])
})
