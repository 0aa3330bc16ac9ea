import { expect, it } from 'vitest'
import { networkChoice } from '../../../src/engine/networks/families.ts'
import { planExperiment } from '../../../src/engine/plan.ts'
import type { SampleSpec } from '../../../src/shared/network/network.ts'
import { paperRegimes } from '../../../src/shared/methods/regime-names.ts'
import '../../support/tensorflow.ts'

const samples: SampleSpec = {
  kind: 'images',
  height: 8,
  width: 8,
  channels: 1,
  classes: 3,
  pad: 0,
  normalisation: { mean: [0], std: [1] },
}
const choice = networkChoice.parse({ family: 'resnet', blockCounts: [1, 1, 1], widths: [2, 3, 4], exits: [0, 1] })

const phasesWith = (head: string, of: SampleSpec = samples) =>
  planExperiment({ network: { ...choice, head }, samples: of, regimes: paperRegimes }).regimes

it.each(paperRegimes)('ensembles are trained after %s, whose phases are those of the cascade', (regime) => {
  const [cascade, ztw] = ['cascade', 'ztw'].map(
    (head) => phasesWith(head).find((planned) => planned.regime === regime)!.phases,
  )
  expect(ztw!.slice(0, -1)).toEqual(cascade)
  expect(ztw!.at(-1)).toMatchObject({
    phase: {
      name: 'ensembles',
      trains: ['ensembles.0', 'ensembles.1'],
      lossCycle: [[1 / 3, 1 / 3, 1 / 3]],
      stopsOn: [0, 1],
    },
    network: { head: 'ztw' },
    fresh: ['ensembles.0', 'ensembles.1'],
  })
})

it.each(['cascade', 'ztw'])('a %s is refused for a regression, which has no classes', (head) => {
  const regression = { ...samples, classes: 1, task: 'regression' as const }
  expect(() => phasesWith(head, regression)).toThrow(
    /^network\.head: cascade and ztw pass the logits of classes .*, and a regression has no classes/,
  )
})
