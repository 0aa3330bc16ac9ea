import { expect, test } from 'vitest'
import { resolvedConfiguration } from '../../../../../src/renderer/components/run/config/resolved-configuration.ts'
import type { RunDetail } from '../../../../../src/contract/run-detail.ts'

test.each([
  [undefined, { weighting: 'uniform' }],
  [
    { weighting: 'gpf', gradients: 'equilibrium' },
    { weighting: 'gpf', gradients: 'equilibrium' },
  ],
] as const)('a configuration with the objective %j names it', (objective, shown) => {
  const file = { name: 'toy', data: {}, training: {}, probes: {}, ...(objective && { objective }) }
  const run = {
    file,
    regime: 'joint',
    seed: 1,
    network: {},
    dataPath: '/data',
    weightsPath: null,
    phases: [{ name: 'backbone' }, { name: 'all exits', settings: { training: { learningRate: 1e-4 } } }],
  } as unknown as RunDetail
  expect(resolvedConfiguration({ ...run, weightsPath: '/w.pth' })).toMatchObject({ initial: { weights: '/w.pth' } })
  const shownRun = resolvedConfiguration(run)
  expect(shownRun).toMatchObject({ experiment: 'toy', objective: shown, data: { path: '/data' } })
  // Of phases that have settings of their own.
  expect(shownRun['phases']).toEqual([{ name: 'all exits', training: { learningRate: 1e-4 } }])
})

test('an objective of a phase stands with its own settings, where it is not that of the experiment', () => {
  const file = { name: 'toy', data: {}, training: {}, probes: {}, objective: { weighting: 'sdn' } }
  const phases = [
    { name: 'backbone' },
    { name: 'all', objective: { weighting: 'sdn' } },
    { name: 'last', objective: { weighting: 'gpf' } },
  ]
  const run = { file, regime: 'mine', seed: 1, network: {}, dataPath: '/data', weightsPath: null, phases }
  expect(resolvedConfiguration(run as unknown as RunDetail)['phases']).toEqual([
    { name: 'last', objective: { weighting: 'gpf' } },
  ])
})
