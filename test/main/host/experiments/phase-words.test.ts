import { expect, test } from 'vitest'
import { experimentFile } from '../../../../src/contract/experiment/experiment.ts'
import { planExperiment } from '../../../../src/engine/plan.ts'
import { lineageOf, plannedSeries } from '../../../../src/main/host/experiments/lineage.ts'
import { phasesInWords } from '../../../../src/main/host/experiments/phase-words.ts'

const samples = {
  kind: 'images' as const,
  height: 8,
  width: 8,
  channels: 1,
  pad: 0,
  classes: 3,
  normalisation: { mean: [0.5], std: [0.25] },
}

test('phases are explained in words, with what is their own and who shares them', () => {
  const file = experimentFile.parse({
    name: 'toy',
    data: { source: 'mnist' },
    network: { family: 'resnet', blockCounts: [1, 1, 1], widths: [4, 4, 4], exits: [0, 1] },
    training: { epochs: 7 },
    regimes: [
      'disjoint',
      {
        name: 'mine',
        phases: [
          { trains: 'backbone' },
          { name: 'turns', trains: ['heads.0', 'heads.1'], cycle: [[0], [1]], training: { learningRate: 0.01 } },
          { name: 'last', trains: 'all', from: 'backbone', objective: { distillation: {} } },
        ],
      },
    ],
  })
  const plan = planExperiment({ samples, ...file })
  const lineage = lineageOf(file, plannedSeries({ file, settings: {} }, plan, 'images'))
  const [disjoint, mine] = phasesInWords([{ plan, file }], lineage)
  expect(disjoint!.phases[0]).toMatchObject({
    name: 'backbone',
    sentence: expect.stringMatching(
      /^Trains the bare backbone \([\d,]+ parameters\) for the final classifier, at most 7 epochs\.$/,
    ),
    written: 0,
    trains: ['stem', 'blocks.0', 'blocks.1', 'blocks.2', 'classifier'],
    exits: [2],
    isBare: true,
    own: '',
    shared: ['mine'],
    isUsed: true,
  })
  expect(mine!.phases.slice(1)).toEqual([
    {
      name: 'turns',
      sentence: expect.stringMatching(
        /^Trains 2 heads on the frozen backbone \(.*\) for exit 0, then exit 1, in turn, from the weights of phase 1, at most 7 epochs\.$/,
      ),
      written: 1,
      trains: ['heads.0', 'heads.1'],
      exits: [0, 1],
      isBare: false,
      own: 'training.learningRate 0.01',
      shared: [],
      isUsed: false,
    },
    {
      name: 'last',
      sentence: expect.stringMatching(
        /^Trains 7 parts \(stem to classifier\) \(.*\) for all 3 exits, from the weights of phase 1, at most 7 epochs\.$/,
      ),
      written: 2,
      trains: ['stem', 'blocks.0', 'heads.0', 'blocks.1', 'heads.1', 'blocks.2', 'classifier'],
      exits: [0, 1, 2],
      isBare: false,
      own: 'distillation (alpha 0.5, temperature 3, teacher final)',
      shared: [],
      isUsed: true,
    },
  ])
})

test('a repeated phase is explained once for each exit, each time as the phase that it is written as', () => {
  const file = experimentFile.parse({
    name: 'toy',
    data: { source: 'mnist' },
    network: { family: 'resnet', blockCounts: [1, 1, 1], widths: [4, 4, 4], exits: [0, 1] },
    regimes: ['mixed-gradual'],
  })
  const plan = planExperiment({ samples, ...file })
  const [series] = phasesInWords(
    [{ plan, file }],
    lineageOf(file, plannedSeries({ file, settings: {} }, plan, 'images')),
  )
  expect(series!.phases.map(({ written, exits }) => [written, exits])).toEqual([
    [0, [2]],
    [1, [1, 2]],
    [1, [0, 1, 2]],
  ])
})
