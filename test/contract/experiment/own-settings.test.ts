import { expect, test } from 'vitest'
import { experimentFile } from '../../../src/contract/experiment/experiment.ts'
import { ownSettings } from '../../../src/contract/experiment/own-settings.ts'
import { settingsOfPhases } from '../../../src/contract/experiment/phase-settings.ts'
import type { WrittenPhase } from '../../../src/shared/phases/written-phase.ts'
import { settingWords } from '../../../src/shared/experiment/setting-words.ts'

const fileOf = (training: object) =>
  experimentFile.parse({
    name: 'toy',
    data: { source: 'mnist' },
    network: { family: 'resnet', blockCounts: [1, 1] },
    regimes: ['joint'],
    training,
  })

function ownOf(phase: WrittenPhase, training: object = {}) {
  const file = fileOf(training)
  return ownSettings(file, settingsOfPhases(file, [phase])[0]!)
}

test('a phase with the settings of its experiment has none of its own', () => {
  expect(ownOf({ trains: 'all' })).toEqual({})
  expect(ownOf({ trains: 'all', training: { epochs: 200 }, mixing: null })).toEqual({})
})

test('what differs is named by its path in the experiment file', () => {
  const own = ownOf({
    trains: 'all',
    training: { learningRate: 0.01, schedule: { kind: 'constant' }, earlyStopping: { patience: null } },
    augmentation: 'crop-flip',
  })
  expect(own).toEqual({
    'training.learningRate': 0.01,
    'training.schedule': { kind: 'constant' },
    'training.earlyStopping.patience': null,
    'data.augmentation': 'crop-flip',
  })
  expect(settingWords(own)).toBe(
    'training.learningRate 0.01, training.schedule {"kind":"constant"}, training.earlyStopping.patience null, data.augmentation crop-flip',
  )
})

test('shared epochs are settings of each phase', () => {
  expect(ownOf({ trains: 'all' }, { totalEpochs: 30 })).toEqual({ 'training.epochs': 30 })
})

test('factors of parts in a row stand together', () => {
  const file = fileOf({})
  const [settings] = settingsOfPhases(file, [{ trains: 'all' }])
  const learningRates = { stem: 0.1, 'blocks.0': 0.1, 'blocks.1': 0.1, 'heads.0': 2, 'blocks.2': 0.5, 'blocks.3': 0.5 }
  expect(ownSettings(file, { ...settings!, learningRates })).toEqual({
    learningRates: { stem: 0.1, 'blocks.0-1': 0.1, 'heads.0': 2, 'blocks.2-3': 0.5 },
  })
})
