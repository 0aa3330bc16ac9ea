import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../../src/shared/basics/canonical-json.ts'
import { type ExperimentFile, experimentFile, seriesFiles } from '../../../../src/contract/experiment/experiment.ts'
import { phaseIdentity } from '../../../../src/contract/experiment/identity.ts'
import { paperRegimes } from '../../../../src/shared/phases/phase.ts'
import { parentOf } from '../../../../src/contract/experiment/phase-definition.ts'
import { planExperiment } from '../../../../src/engine/plan.ts'
import { phaseIdOf } from '../../../../src/main/execution/depot/phase-job.ts'
import {
  distinctPhases,
  type Lineage,
  lineageOf,
  plannedSeries,
} from '../../../../src/main/host/experiments/lineage.ts'

const samples = {
  kind: 'images' as const,
  height: 8,
  width: 8,
  channels: 1,
  pad: 0,
  classes: 3,
  normalisation: { mean: [0.5], std: [0.25] },
}

const toy = () =>
  experimentFile.parse({
    name: 'toy',
    data: { source: 'mnist' },
    network: { family: 'resnet', blockCounts: [1, 1, 1], widths: [4, 4, 4] },
    regimes: ['disjoint', 'mixed'],
  })

function lineage(changes: Partial<ExperimentFile> = {}, dataset = 'images') {
  const file = { ...toy(), ...changes }
  const series = seriesFiles(file).flatMap((variant) =>
    plannedSeries(variant, planExperiment({ samples, ...variant.file }), dataset),
  )
  return lineageOf(file, series)
}

/** The toy experiment from a file of weights. */
function started(weights: { sha256: string; source: string; path?: string }, heads = false) {
  const { path = 'weights.pth', ...start } = weights
  const file = { ...toy(), initial: { weights: path } }
  const plan = planExperiment({ samples, ...file })
  const use = { title: 'made up', taken: [], fresh: [], leftOver: [], notes: [] }
  const regimes = plan.regimes.map(({ phases, ...regime }) => ({
    ...regime,
    phases: phases.map((phase) => ({ ...phase, start: { use, heads } })),
  }))
  return lineageOf(file, plannedSeries({ file, settings: {}, weights: start }, { regimes }, 'images'))
}

const runsOf = ({ seeds, runsOf }: Lineage) => seeds.flatMap(runsOf)
const idsOf = (all: Lineage) => runsOf(all).map(({ phases }) => phases.map(({ id }) => id))

test('disjoint and mixed of one seed share their first phase, and each seed trains its own', () => {
  const two = lineage({ seeds: [1, 2] })
  expect(runsOf(two).map(({ name }) => name)).toEqual([
    'toy-disjoint-s1',
    'toy-mixed-s1',
    'toy-disjoint-s2',
    'toy-mixed-s2',
  ])
  const [disjoint, mixed, other] = idsOf(two)
  expect(disjoint![0]).toBe(mixed![0])
  expect(disjoint![1]).not.toBe(mixed![1])
  expect(other![0]).not.toBe(disjoint![0])
  expect(distinctPhases(runsOf(two))).toHaveLength(6)
})

test('the id of a phase does not depend on its experiment, its name or the place of its images', () => {
  const one = lineage()
  const moved = lineage({ name: 'another', data: { ...experimentData(), path: '/elsewhere' }, regimes: ['mixed'] })
  expect(moved.experimentId).not.toBe(one.experimentId)
  expect(idsOf(moved)[0]).toEqual(idsOf(one)[1])
  expect(lineage({ data: { ...experimentData(), path: '/elsewhere' } }).experimentId).toBe(one.experimentId)
})

test('the backbone of disjoint does not depend on where the exits sit', () => {
  const network = { family: 'resnet' as const, blockCounts: [1, 1, 1], widths: [4, 4, 4], head: 'pooled' as const }
  const early = idsOf(lineage({ network: { ...network, exits: [0] } }))
  const late = idsOf(lineage({ network: { ...network, exits: [1] } }))
  expect(early[0]![0]).toBe(late[0]![0])
  expect(early[0]![1]).not.toBe(late[0]![1])
})

test('whatever can change a result changes the id', () => {
  const { training } = experimentFile.parse({ ...minimal() })
  const first = idsOf(lineage())[0]![0]
  const changed = [
    lineage({ training: { ...training, learningRate: 2e-3 } }),
    lineage({ data: { ...experimentData(), augmentation: 'crop-flip' } }),
    lineage({ seeds: [7] }),
    lineage({ network: { family: 'resnet', blockCounts: [1, 1, 2], widths: [4, 4, 4], head: 'pooled' } }),
    lineage({}, 'other images'),
  ].map((each) => idsOf(each)[0]![0])
  expect(new Set([first, ...changed]).size).toBe(6)
})

test('measurements during training change neither the experiment nor its phases', () => {
  const [one, other] = [lineage(), lineage({ probes: { gradientDominance: 0 } })]
  expect(other.experimentId).toBe(one.experimentId)
  expect(runsOf(other)).toEqual(runsOf(one))
})

test('the id of a phase is the hash of its identity', () => {
  for (const { id, definition } of distinctPhases(runsOf(lineage({ regimes: [...paperRegimes], seeds: [1, 2] })))) {
    expect(id).toBe(
      createHash('sha256')
        .update(canonicalJson(phaseIdentity(definition)))
        .digest('hex'),
    )
  }
})

test.each([
  ['Fashion, 10 %', 'fashion-10'],
  ['Résumé', 'resume'],
  ['実験 2', '実験-2'],
  ['Опыт №1', 'опыт-no1'],
  ['नमूना', 'नमूना'],
  ['!?', 'run'],
])('runs of the experiment “%s” are called %s', (name, slug) => {
  expect(runsOf(lineage({ name }))[0]!.name).toBe(`${slug}-disjoint-s1`)
})

test('the heads are what a multi-exit phase after the backbone phase has to initialise', () => {
  const [disjoint] = runsOf(lineage({ regimes: ['disjoint', 'mixed'] }))
  expect(disjoint!.phases.map(({ definition }) => definition.initial)).toEqual([
    { kind: 'fresh' },
    { kind: 'phase', id: disjoint!.phases[0]!.id, fresh: ['heads.0'] },
  ])
})

test('every regime unfolds into a chain in which each phase names the one before it', () => {
  for (const { phases } of runsOf(lineage({ regimes: [...paperRegimes] }))) {
    phases.forEach(({ definition }, index) => expect(parentOf(definition)).toBe(phases[index - 1]?.id ?? null))
  }
})

function minimal() {
  return {
    name: 'toy',
    data: { source: 'mnist' },
    network: { family: 'resnet', blockCounts: [1, 1] },
    regimes: ['joint'],
  }
}

function experimentData() {
  return experimentFile.parse(minimal()).data
}

test('weights that the first phases start from are known by their content, wherever they lie', () => {
  const a = started({ sha256: 'a', source: '/here/weights.pth' })
  const moved = started({ sha256: 'a', source: '/there/w.pth', path: '../there/w.pth' })
  expect(moved.experimentId).toBe(a.experimentId)
  expect(runsOf(moved).map(({ id }) => id)).toEqual(runsOf(a).map(({ id }) => id))
  const others = [lineage(), started({ sha256: 'b', source: '/here/weights.pth' })]
  for (const other of others) {
    expect(other.experimentId).not.toBe(a.experimentId)
    expect(idsOf(other)[0]).not.toEqual(idsOf(a)[0])
  }
  const [{ phases } = { phases: [] }] = runsOf(a)
  expect(phases.map(({ definition }) => definition.initial.kind)).toEqual(['weights', 'phase'])
  expect(phases.map(({ definition }) => phaseIdOf(definition))).toEqual(phases.map(({ id }) => id))
  expect(idsOf(started({ sha256: 'a', source: '/here/weights.pth' }, true))).not.toEqual(idsOf(a))
})
