// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import RunStatusPill from '../../../../src/renderer/components/domain/RunStatusPill.vue'
import type { RunPhase, RunStatus } from '../../../../src/shared/runs/runs.ts'
import { runPhase, runSummary } from '../../support/run-summary.ts'

function pill(status: RunStatus, trainedFor: RunPhase['trainedFor']) {
  const phase = runPhase({ shared: true, trainedFor })
  const { element } = mount(RunStatusPill, { props: { run: runSummary({ id: 'r', status, phases: [phase] }) } })
  return { text: element.textContent?.trim(), title: element.getAttribute('title') }
}
const other = { id: 'other', name: 'toy-mixed-s1' }

test('a queued run whose phase is trained for another run waits, and says for which', () => {
  expect(pill('queued', other)).toEqual({
    text: 'Waiting',
    title: 'Waiting for phase “backbone”, which run toy-mixed-s1 is training',
  })
})

test.each([
  ['queued', null, 'Queued'],
  ['paused', other, 'Paused'],
  ['running', { id: 'r', name: 'own' }, 'Running'],
] as const)('a %s run that waits for no other run shows its status', (status, trainedFor, text) => {
  expect(pill(status, trainedFor)).toEqual({ text, title: null })
})
