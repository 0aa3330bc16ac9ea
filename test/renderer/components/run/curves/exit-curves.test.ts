// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { RunDetail } from '../../../../../src/contract/run-detail.ts'
import ExitCurves from '../../../../../src/renderer/components/run/curves/ExitCurves.vue'
import FigureCard from '../../../../../src/renderer/components/domain/FigureCard.vue'
import type { EpochHistory } from '../../../../../src/renderer/composables/run/use-epochs.ts'
import { runPhase, runSummary } from '../../../support/run-summary.ts'

/** Accuracies of the final exit by epoch, of which the second is the best. */
const history = {
  records: [1, 2, 3].map((epoch) => ({ epoch, improved: epoch < 3 })),
  metrics: [0.5, 0.75, 0.625].map((accuracy, index) => ({ epoch: index + 1, exit: 'final', split: 'validation', values: { accuracy } })), // prettier-ignore
} as unknown as EpochHistory

function sentence(phase: { keptEpoch: number | null; settings?: object }): unknown {
  const run = {
    ...runSummary({ id: 'a', status: 'running' }),
    phases: [{ ...runPhase({ id: 'p', epochs: 3 }), ...phase }],
    file: { training: { keep: 'best-validation' } },
    network: { exits: [0] },
  } as unknown as RunDetail
  const props = { run, epochs: new Map([['p', history]]), error: null, phase: null }
  return mount(ExitCurves, { props, global: { stubs: { FigureCard: true } } })
    .getComponent(FigureCard)
    .props('sentence')
}

it('names the checkpoint that is kept, that of the training so far while none is', () => {
  expect(sentence({ keptEpoch: 1 })).toMatch(/Best checkpoint: epoch 1\.$/)
  expect(sentence({ keptEpoch: null })).toMatch(/Best checkpoint: epoch 2\.$/)
  expect(sentence({ keptEpoch: null, settings: { 'training.keep': 'last-epoch' } })).toMatch(/Best checkpoint: epoch 3\.$/) // prettier-ignore
})
