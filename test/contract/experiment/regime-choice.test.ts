import { expect, it } from 'vitest'
import { writtenRegime } from '../../../src/contract/experiment/regime-choice.ts'
import { regimes, withPhases } from '../../../src/engine/regimes/index.ts'
import type { WrittenPhase } from '../../../src/shared/phases/written-phase.ts'

const info = { title: 'Warm', sentence: 'Warms up.', paper: 'none' }
const phases = [
  { trains: 'backbone', training: { schedule: { kind: 'linear-warm-up' } } },
  { trains: 'all', objective: { weighting: 'sdn', gradients: 'sum', distillation: {} }, mixing: { mixupAlpha: 0.1 } },
]
regimes.register('warm', { info, phases: phases as unknown as WrittenPhase[] })

it('a regime of an extension is written as those of experiment files, which leave out what has a default', () => {
  expect(writtenRegime('warm')).toEqual({
    name: 'warm',
    phases: [
      { trains: 'backbone', training: { schedule: { kind: 'linear-warm-up', warmUpFraction: 0.1 } } },
      {
        trains: 'all',
        objective: {
          weighting: 'sdn',
          parameters: { rampEpochs: 100 },
          distillation: { alpha: 0.5, temperature: 3, teacher: 'final' },
        },
        mixing: { mixupAlpha: 0.1, cutmixAlpha: 1, switchProbability: 0.5, mode: 'elem', smoothing: 0.1 },
      },
    ],
  })
})

it('Exitlab’s own regimes, and those of a file, are as they are written', () => {
  expect(writtenRegime('mixed-gradual')).toEqual(withPhases('mixed-gradual'))
  const mine = { name: 'mine', phases: [{ trains: 'all' as const }] }
  expect(writtenRegime(mine)).toEqual(mine)
})
