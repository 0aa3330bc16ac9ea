import { expect, it } from 'vitest'
import { experimentFile } from '../../../../src/contract/experiment/experiment.ts'
import { refuseClassMethods } from '../../../../src/main/host/experiments/class-methods.ts'
import { regimes } from '../../../../src/engine/regimes/index.ts'
import type { DatasetDescription } from '../../../../src/shared/data/data.ts'
import type { WrittenPhase } from '../../../../src/shared/phases/written-phase.ts'

const distilled = { trains: 'all', objective: { distillation: {} } }
const info = { title: 'T', sentence: 'S.', paper: 'P' }
regimes.register('distilled', { info, phases: [distilled] as unknown as WrittenPhase[] })

const refuse = (regime: unknown) => () =>
  refuseClassMethods(
    { task: 'regression' } as DatasetDescription,
    experimentFile.parse({
      name: 'values',
      data: { source: 'sts-b' },
      network: { family: 'bert' },
      regimes: ['joint', regime],
    }),
  )

it('refuses what compares classes in phases of a regression, those of extensions included', () => {
  expect(refuse('mixed')).not.toThrow()
  const message =
    'regimes[1].phases[0].objective.distillation: compares probabilities of classes, and sts-b is a regression, which has none; leave it out'
  expect(refuse('distilled')).toThrow(message)
  expect(refuse({ name: 'mine', phases: [distilled] })).toThrow(message)
})
