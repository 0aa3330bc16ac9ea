import type { WrittenPhase } from '../../../../src/shared/phases/written-phase.ts'
import { settingsOfPhases } from '../../../../src/contract/experiment/phase-settings.ts'
import { expect, test } from 'vitest'
import { caveatsOf } from '../../../../src/main/host/experiments/plan-caveats.ts'
import type { ImageDescription } from '../../../../src/shared/data/data.ts'
import { experiment } from '../support.ts'

const dataset: ImageDescription = {
  kind: 'images',
  height: 8,
  width: 8,
  channels: 1,
  classes: 2,
  classNames: ['cat', 'dog'],
  fingerprint: '',
  normalisation: { mean: [0], std: [1] },
  counts: { train: 5400, validation: 600, test: 1200 },
  classCounts: { train: [2700, 2700], validation: [300, 300], test: [600, 600] },
  available: { train: 6000, test: 1200 },
  testHeldBack: null,
}
const { file } = experiment()

interface Changes {
  data?: object
  training?: object
  dataset?: object
  phasesToTrain?: number
  slowBfloat16?: string
  onCard?: boolean
}

function said({ data, training, dataset: found, phasesToTrain = 1, slowBfloat16, onCard = false }: Changes): string[] {
  const changed = { ...file, data: { ...file.data, ...data }, training: { ...file.training, ...training } }
  const settings = settingsOfPhases(changed, [{ trains: 'all' }])
  const about = { settings, phasesToTrain, slowBfloat16: slowBfloat16 ?? null, onCard }
  return caveatsOf({ file: changed, dataset: { ...dataset, ...found }, ...about })
}

test('a plan without deviations has no caveats', () => {
  expect(said({})).toEqual([])
  expect(said({ data: { limit: { train: 6000, test: 1200 } }, training: { learningRate: 0.1 } })).toEqual([])
})

test('classes without samples of a split are reported', () => {
  const { classNames, classCounts } = dataset
  const without = classCounts.test.map((count, label) => (label === 0 ? 0 : count))
  expect(said({ dataset: { classCounts: { ...classCounts, test: without } } })).toEqual([
    `Class ${classNames[0]!} has no test samples: test values say nothing of it.`,
  ])
})

test('GPF heads without their weighting are reported, and the weighting without them', () => {
  const about = { dataset, settings: [], phasesToTrain: 1, slowBfloat16: null, onCard: false }
  const of = (network: object, objective?: object) =>
    caveatsOf({ file: { ...file, network: { ...file.network, ...network }, objective } as typeof file, ...about })
  const said = 'Heads gpf belong with objective.weighting: gpf, which adds their auxiliary loss; here it is uniform.'
  expect(of({ head: 'gpf' })).toEqual([said])
  expect(of({ head: 'gpf' }, { weighting: 'gpf' })).toEqual([])
  expect(of({ head: 'pooled' }, { weighting: 'gpf' })).toEqual([
    'objective.weighting: gpf adds the auxiliary loss of heads gpf, which heads pooled do not have: only its weights of the exits apply.',
  ])
  expect(of({ head: 'pooled' }, { weighting: 'sdn' })).toEqual([])
})

test('bfloat16 is reported to have no advantage where that is so, with the reason', () => {
  const slowBfloat16 = 'the processor has neither AMX nor AVX512_BF16'
  const training = { precision: 'bfloat16' }
  expect(said({ training, slowBfloat16 })).toEqual([
    `training.precision is bfloat16, which gains nothing on this machine: ${slowBfloat16}. float32 is at least as fast and more exact.`,
  ])
  expect(said({ training })).toEqual([])
  expect(said({ slowBfloat16 })).toEqual([])
})

test('fast algorithms are reported to give up repeatability on a card, and to have no effect without', () => {
  const training = { algorithms: 'fast' }
  expect(said({ training, onCard: true })).toEqual([expect.stringContaining('cannot be repeated bit by bit')])
  expect(said({ training })).toEqual([expect.stringContaining('makes no difference on the processor')])
  expect(said({ onCard: true })).toEqual([])
})

test('a limit beyond the data set is reported', () => {
  expect(said({ data: { limit: { train: 8000, test: 1201 } } })).toEqual([
    'data.limit.train is 8,000, but the data set has only 6,000 training images: all are used.',
    'data.limit.test is 1,201, but the data set has only 1,200 test images: all are used.',
  ])
})

test('held-back test images are reported', () => {
  const [caveat] = said({ dataset: { testHeldBack: 0.2 } })
  expect(caveat).toContain('20 % of each class become test images (1,200 images, the same for every seed).')
})

test('calibration samples are reported', () => {
  const counts = { ...dataset.counts, calibration: 1100 }
  expect(said({ dataset: { counts } })).toEqual([
    'Calibration images held back from training, for thresholds with a guarantee (data.calibration): 1,100.',
  ])
})

test('images that are left out are counted and named', () => {
  const leftOut = { train: { count: 12, of: 6000 }, test: { count: 0, of: 1200 }, files: ['/cat/1.jpg', '/cat/2.jpg'] }
  expect(said({ dataset: { leftOut } })).toEqual([
    '12 of 7,200 images cannot be decoded and are left out (12 of 6,000 training and validation, 0 of 1,200 test images): ' +
      '/cat/1.jpg, /cat/2.jpg and 10 more.',
  ])
})

test('held-back test images of a regression are shares of groups of values, and no percentage points', () => {
  const few = { counts: { train: 900, validation: 100, test: 200 } }
  const [heldBack, validation] = said({ dataset: { task: 'regression', testHeldBack: 0.2, ...few } })
  expect(heldBack).toContain('20 % of each group of similar values become test images')
  expect(validation).toBe('Only 100 validation images: early stopping and thresholds will be noisy.')
})

const mixing = { mixupAlpha: 1, cutmixAlpha: 0, switchProbability: 0, mode: 'batch', smoothing: 0 }
const few = { counts: { train: 81, validation: 600, test: 1200 } }
test.each([
  [
    { training: { batchSize: 100 }, dataset: few },
    '100, but each step takes 81 samples: there are 81 training samples.',
  ],
  [
    { training: { batchSize: 33 }, data: { mixing } },
    '33, but each step takes 32 samples: data.mixing needs an even number.',
  ],
  [
    { training: { batchSize: 100 }, data: { mixing }, dataset: few },
    '100, but each step takes 80 samples: there are 81 training samples, and data.mixing needs an even number.',
  ],
])('a smaller batch than requested is reported: %j', (changes, words) => {
  expect(said(changes)).toEqual([`training.batchSize is ${words}`])
})

test('a learning rate at which AdamW diverges is reported, and a decay that undoes the weights', () => {
  const caveats = said({ training: { learningRate: 1e9, weightDecay: 0.01 } })
  expect(caveats).toEqual([
    expect.stringMatching(/^training\.learningRate is 1,000,000,000: AdamW changes every weight by about this much/),
    expect.stringMatching(/^training\.learningRate × training\.weightDecay is 10,000,000: with 1 or more/),
  ])
})

test('few validation images are reported while there is something to train', () => {
  const small = { counts: { train: 90, validation: 10, test: 20 } }
  expect(said({ dataset: small, training: { batchSize: 10 } })).toEqual([
    'Only 10 validation images: early stopping and thresholds will be noisy (one image is 10.0 percentage points).',
  ])
  expect(said({ dataset: small, training: { batchSize: 10 }, phasesToTrain: 0 })).toEqual([])
})

test('settings of single phases are looked at like those of the experiment, and those of the optimiser alone', () => {
  const of = (...phases: WrittenPhase[]) => {
    const settings = settingsOfPhases(file, phases)
    return caveatsOf({ file, settings, dataset, phasesToTrain: 1, slowBfloat16: null, onCard: false })
  }
  expect(of({ trains: 'backbone' }, { trains: 'all', training: { learningRate: 2 } })).toEqual([
    'training.learningRate is 2: AdamW changes every weight by about this much at each step, and initial weights are mostly below 0.1, so training will diverge. A usual value is 0.001.',
  ])
  expect(of({ trains: 'all', training: { learningRate: 2, optimiser: 'sgd' } })).toEqual([])
})
