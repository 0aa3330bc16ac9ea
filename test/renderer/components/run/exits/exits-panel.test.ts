// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { RunDetail } from '../../../../../src/contract/run-detail.ts'
import ExitsPanel from '../../../../../src/renderer/components/run/exits/ExitsPanel.vue'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { runSummary } from '../../../support/run-summary.ts'

test('a latency that was just measured stays when the run changes, as with a tag', async () => {
  const latency = { machine: 'this one', measuredAt: 0, batches: [{ batchSize: 1, rounds: 9, exits: [{ median: 1.25, p95: 2 }] }] } // prettier-ignore
  provideFakeHost({ runs: { measureLatency: async () => [{ latency }] as never } })
  const run = {
    ...runSummary({ id: 'a', status: 'done' }),
    ...{ phases: [], evaluation: null, task: 'regression', scores: { validation: [1], test: [1] } },
    costs: { exits: [{ exit: 0, block: null, macs: 1, fraction: 1 }] },
  } as unknown as RunDetail
  const panel = mount(ExitsPanel, {
    props: { run, latest: null, phase: null },
    global: { stubs: { ExportMenu: true } },
  })
  const measure = panel.findAll('button').find((each) => each.text() === 'Measure latency')!
  await measure.trigger('click')
  await flushPromises()
  expect(panel.text()).toContain('1.25')
  await panel.setProps({ run: { ...run, tags: ['paper'] } })
  expect(panel.text()).toContain('1.25')
})

test('says why the calibration of the exits is not known', async () => {
  provideFakeHost({ readings: { ask: () => Promise.reject(new Error('the evaluation is damaged')) } as never })
  const run = {
    ...runSummary({ id: 'a', status: 'done' }),
    ...{ phases: [], evaluation: null, scores: { validation: [1], test: [1] } },
    costs: { exits: [{ exit: 0, block: null, macs: 1, fraction: 1 }] },
  } as unknown as RunDetail
  const panel = mount(ExitsPanel, {
    props: { run, latest: null, phase: null },
    global: { stubs: { ExportMenu: true } },
  })
  await flushPromises()
  expect(panel.text()).toContain('the evaluation is damaged')
})
