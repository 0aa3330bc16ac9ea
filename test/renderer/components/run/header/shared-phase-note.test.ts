// @vitest-environment happy-dom
import { mount, RouterLinkStub } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { expect, test } from 'vitest'
import { h } from 'vue'
import SharedPhaseNote from '../../../../../src/renderer/components/run/header/SharedPhaseNote.vue'
import type { RunDetail } from '../../../../../src/contract/run-detail.ts'
import { provideFakeHost } from '../../../support/fake-host.ts'
import { runPhase, runSummary } from '../../../support/run-summary.ts'

test.each([
  ['queued', 'This run is waiting for phase “backbone”, which is being trained for run toy-mixed-s1, which shares it.'],
  ['paused', 'This run is paused, but its phase “backbone” continues to train for run toy-mixed-s1, which shares it.'],
] as const)('a %s run names the run for which its phase is trained', (status, sentence) => {
  provideFakeHost()
  const trainedFor = { id: 'other', name: 'toy-mixed-s1' }
  const phase = runPhase({ shared: true, trainedFor })
  const run = runSummary({ id: 'r', status, phases: [phase] }) as RunDetail
  const note = mount(() => h(TooltipProvider, () => h(SharedPhaseNote, { run })), {
    global: { stubs: { RouterLink: RouterLinkStub } },
  })
  expect(note.get('p').text().replaceAll(/\s+/g, ' ')).toBe(sentence)
})
