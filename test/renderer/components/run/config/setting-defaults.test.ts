import { expect, it } from 'vitest'
import { settingDefaults } from '../../../../../src/renderer/components/run/config/setting-defaults.ts'
import { schema } from '../../../support/experiment-schema.ts'

const configuration = {
  data: { source: 'fashion-mnist', augmentation: 'crop-flip', limit: { train: 8000, test: null } },
  training: { learningRate: 0.005, schedule: { kind: 'cosine-warm-restarts', cycleEpochs: 8 } },
}
const defaults = settingDefaults(schema, configuration)

it('finds the default of a setting', () => {
  expect(defaults.get('training.learningRate')).toBe(0.001)
  expect(defaults.get('data.limit.train')).toBeNull()
})

it('reads the defaults of the kind that the setting has', () => {
  expect(defaults.get('training.schedule.cycleFactor')).toBe(1)
  const constant = { training: { schedule: { kind: 'constant' } } }
  expect(settingDefaults(schema, constant).has('training.schedule.cycleFactor')).toBe(false)
})

it('has none where the default is computed when the file is read', () => {
  expect(defaults.has('data.augmentation')).toBe(false)
  expect(defaults.has('training.clipNorm')).toBe(false)
})

it('has none for a required setting', () => {
  expect(defaults.has('data.source')).toBe(false)
})
