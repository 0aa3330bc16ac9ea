import { describe, expect, it } from 'vitest'
import { type ExperimentFile, experimentFile } from '../../../../src/contract/experiment/experiment.ts'
import type { WrittenPhase } from '../../../../src/shared/phases/written-phase.ts'
import { planExperiment } from '../../../../src/engine/plan.ts'
import { lineageOf, plannedSeries } from '../../../../src/main/host/experiments/lineage.ts'

const samples = {
  kind: 'images' as const,
  height: 8,
  width: 8,
  channels: 1,
  pad: 0,
  classes: 3,
  normalisation: { mean: [0.5], std: [0.25] },
}

interface Changes {
  training?: object
  network?: object
  objective?: object
}

const fileOf = (regimes: ExperimentFile['regimes'], { training = {}, network = {}, objective }: Changes = {}) =>
  experimentFile.parse({
    name: 'toy',
    data: { source: 'mnist' },
    network: { family: 'resnet', blockCounts: [1, 1, 1], widths: [4, 4, 4], ...network },
    regimes,
    training,
    ...(objective && { objective }),
  })

function runsOf(...asked: Parameters<typeof fileOf>) {
  const file = fileOf(...asked)
  const series = plannedSeries({ file, settings: {} }, planExperiment({ samples, ...file }), 'images')
  return lineageOf(file, series).runsOf(1)
}

const own = (name: string, ...phases: WrittenPhase[]) => ({ name, phases })
const idsOf = (run: ReturnType<typeof runsOf>[number]) => run.phases.map(({ id }) => id)

it('equal phases have equal ids whatever their regime is called', () => {
  const freezeThaw = own(
    'freeze-thaw',
    { trains: 'backbone' },
    { trains: 'heads' },
    { trains: 'all', training: { learningRate: 1e-4, epochs: 50 } },
  )
  const [disjoint, mixed, mine, copy] = runsOf([
    'disjoint',
    'mixed',
    freezeThaw,
    own('copy of mixed', { trains: 'backbone' }, { trains: 'all' }),
  ])
  expect(idsOf(mine!).slice(0, 2)).toEqual(idsOf(disjoint!))
  expect(idsOf(copy!)).toEqual(idsOf(mixed!))
  expect(copy!.id).not.toBe(mixed!.id)
  expect([mine!.name, copy!.name]).toEqual(['toy-freeze-thaw-s1', 'toy-copy-of-mixed-s1'])
})

it('a phase is trained by the experiment’s settings but for its own', () => {
  const phases: WrittenPhase[] = [
    { trains: 'backbone', augmentation: 'crop-flip' },
    {
      trains: 'all',
      training: { learningRate: 0.01, schedule: { kind: 'constant' }, earlyStopping: { patience: 3 } },
      mixing: { mixupAlpha: 0.2, cutmixAlpha: 0, switchProbability: 0.5, mode: 'batch', smoothing: 0 },
    },
  ]
  const training = { epochs: 7, earlyStopping: { delta: 0.1, patience: 9 } }
  const [first, second] = runsOf([own('mine', ...phases)], { training })[0]!.phases.map(({ definition }) => definition)
  expect(first).toMatchObject({
    training: { epochs: 7, learningRate: 1e-3, earlyStopping: { patience: 9, delta: 0.1 } },
    data: { augmentation: 'crop-flip', mixing: null },
  })
  expect(second).toMatchObject({
    training: {
      epochs: 7,
      learningRate: 0.01,
      schedule: { kind: 'constant' },
      earlyStopping: { patience: 3, metric: 'accuracy', delta: 0.1 },
    },
    data: { augmentation: 'none', mixing: { mixupAlpha: 0.2 } },
  })
})

it('a phase has the experiment’s objective or its own, the uniform one included', () => {
  const mine = own('mine', { trains: 'all' }, { trains: 'all', objective: { weighting: 'uniform' } })
  const [run] = runsOf([mine], { objective: { weighting: 'increasing' } })
  expect(run!.phases.map(({ definition }) => definition.phase.objective?.weighting)).toEqual(['increasing', undefined])
})

it('a phase starts from the phase that it names, and so do the parts that this one has', () => {
  const mine = own('mine', { trains: 'backbone' }, { name: 'a', trains: 'all' }, { trains: 'heads', from: 'backbone' })
  const [backbone, , heads] = runsOf([mine])[0]!.phases
  expect(heads!.definition.initial).toEqual({ kind: 'phase', id: backbone!.id, fresh: ['heads.0'] })
})

it('factors of the learning rate are part of a phase, and those of 1 are not', () => {
  const [plain, one, lower] = runsOf([
    'joint',
    own('one', { trains: 'all', learningRates: { heads: 1 } }),
    own('lower', { trains: 'all', learningRates: { backbone: 0.1 } }),
  ])
  expect(idsOf(one!)).toEqual(idsOf(plain!))
  expect(idsOf(lower!)).not.toEqual(idsOf(plain!))
})

describe('all epochs of a regime', () => {
  const epochsOf = (regimes: ExperimentFile['regimes'], totalEpochs: number) =>
    runsOf(regimes, { training: { totalEpochs } }).map(({ phases }) =>
      phases.map(({ definition }) => definition.training.epochs),
    )

  it('are shared equally, what is left over by the first phases', () => {
    expect(epochsOf(['joint', 'mixed', 'branch-wise'], 11)).toEqual([[11], [6, 5], [6, 5]])
  })

  it('are shared by the shares of the phases', () => {
    const mine = own('mine', { trains: 'backbone', share: 3 }, { trains: 'heads' }, { trains: 'all', share: 0.5 })
    expect(epochsOf([mine], 100)).toEqual([[67, 22, 11]])
  })

  it('make the same phases as epochs do', () => {
    const [total] = runsOf(['mixed'], { training: { totalEpochs: 10 } })
    const [each] = runsOf(['mixed'], { training: { epochs: 5 } })
    expect(idsOf(total!)).toEqual(idsOf(each!))
  })

  it('are refused where a phase would have none', () => {
    expect(() => epochsOf(['mixed'], 1)).toThrow(/^training\.totalEpochs: 1 do not suffice for 2 phases/)
  })
})

describe('a network without exits', () => {
  it('is a regime of one phase, the first of mixed, with the cost of the backbone', () => {
    const [backbone, mixed] = runsOf(['backbone', 'mixed'])
    expect(idsOf(backbone!)).toEqual(idsOf(mixed!).slice(0, 1))
    const { costs, network } = backbone!.series
    expect(network.exits).toEqual([])
    expect(costs.exits).toEqual([{ exit: 0, block: null, macs: costs.backboneMacs, fraction: 1 }])
  })

  it('needs no exits in the experiment, other regimes do', () => {
    expect(runsOf(['backbone'], { network: { exits: [] } })[0]!.series.network.exits).toEqual([])
    expect(() => runsOf(['backbone', 'joint'], { network: { exits: [] } })).toThrow(
      /^network\.exits: regime joint needs at least one early exit; this network has none/,
    )
  })
})
