import { expect, test } from 'vitest'
import { schemaAt, settingsOf } from '../../../../src/renderer/components/setting/setting-schema.ts'
import {
  isChanged,
  typedValue,
  valueText,
  TypedText,
} from '../../../../src/renderer/components/setting/setting-value.ts'
import { schema } from '../../support/experiment-schema.ts'

const section = (key: string, values: unknown) => settingsOf(schemaAt(schema, [key]), [key], values)
const keysOf = (key: string, values: unknown) => section(key, values).map((setting) => setting.key)

test('every setting of the training has a name, a meaning and a default', () => {
  const settings = section('training', undefined)
  expect(settings).toHaveLength(22)
  for (const { name } of settings) expect(name).toMatch(/^[A-Zβε]/)
  // It stands in place of another one.
  const withoutDefault = settings.filter((setting) => setting.default === undefined)
  expect(withoutDefault.map(({ key }) => key)).toEqual(['training.totalEpochs'])
  expect(settings.find(({ key }) => key === 'training.schedule.minimumLearningRate')?.name).toBe(
    'Minimum learning rate',
  )
})

test('the kind of a section decides which settings it has', () => {
  expect(keysOf('training', { schedule: { kind: 'constant' } })).not.toContain('training.schedule.cycleEpochs')
  expect(keysOf('training', {})).toContain('training.schedule.cycleEpochs')
  expect(keysOf('network', { family: 'vit' })).toContain('network.headCount')
  const [family] = section('network', { family: 'resnet' })
  expect(family).toMatchObject({ key: 'network.family', required: true, decidesSection: true })
  expect(keysOf('objective', undefined)).toEqual([
    'objective.weighting',
    'objective.gradients',
    'objective.distillation',
  ])
  expect(keysOf('objective', { weighting: 'sdn' })).toContain('objective.parameters.rampEpochs')
})

test('a section that is not there by default is switched on, and has its settings then', () => {
  expect(section('data', { source: 'mnist' }).find(({ key }) => key === 'data.calibration')).toMatchObject({
    control: { kind: 'section' },
    name: 'Calibration samples',
  })
  const ofCalibration = (data: object) => keysOf('data', data).filter((key) => key.startsWith('data.calibration'))
  expect(ofCalibration({ source: 'mnist' })).toEqual(['data.calibration'])
  const all = ['data.calibration', 'data.calibration.fraction', 'data.calibration.seed']
  expect(ofCalibration({ source: 'mnist', calibration: {} })).toEqual(all)
  expect(keysOf('objective', { distillation: { alpha: 0.2 } })).toEqual(expect.arrayContaining(['objective.distillation.teacher'])) // prettier-ignore
  // It is there by default.
  expect(keysOf('data', { source: 'mnist' })).toContain('data.validation.fraction')
})

test('data sets are offered by their titles, other values by themselves', () => {
  const labelsOf = (key: string, at: string) => {
    const { control } = section(key, {}).find((setting) => setting.key === at)!
    return control.kind === 'choice' ? control.options.map(({ label }) => label) : []
  }
  expect(labelsOf('data', 'data.source')).toEqual([
    'Fashion-MNIST',
    'MNIST',
    'CIFAR-10',
    'CIFAR-100',
    'TinyImageNet',
    'Imagenette',
    'ImageNet-1k',
    'Folder of images',
    '20 Newsgroups',
    'STS-B',
    'Fortunes',
    'Table of texts',
    'Folder of texts',
  ])
  expect(labelsOf('training', 'training.earlyStopping.metric')).toEqual(['accuracy', 'loss'])
  const source = section('data', {}).find((setting) => setting.key === 'data.source')!
  const sources = ['cifar10', 'of-an-extension']
  expect(sources.map((value) => valueText(source, value))).toEqual(['CIFAR-10', 'of-an-extension'])
})

test('an optional section has settings once it is present', () => {
  expect(keysOf('data', { source: 'mnist' })).not.toContain('data.mixing.mixupAlpha')
  expect(keysOf('data', { mixing: {} })).toContain('data.mixing.mixupAlpha')
})

test('typed text becomes a number, a word or a list, or stays text', () => {
  const setting = (key: string) => section(key.split('.')[0]!, { family: 'resnet' }).find((each) => each.key === key)!
  expect(typedValue(setting('training.learningRate'), ' 5e-4 ')).toEqual(new TypedText('5e-4'))
  expect(typedValue(setting('training.learningRate'), 'fast')).toBe('fast')
  expect(typedValue(setting('training.learningRate'), '')).toBeUndefined()
  expect(typedValue(setting('training.earlyStopping.patience'), 'none')).toBeNull()
  expect(typedValue(setting('training.clipNorm'), 'auto')).toBe('auto')
  expect(typedValue(setting('network.blockCounts'), '[3, 3 3]')).toEqual([3, 3, 3])
  expect(typedValue(setting('network.blockCounts'), '3, x')).toBe('3, x')
  const patience = setting('training.earlyStopping.patience')
  expect([null, undefined, 7].map((value) => valueText(patience, value))).toEqual(['none', '', '7'])
  const limit = settingsOf(schemaAt(schema, ['data']), ['data'], {}).find(({ key }) => key === 'data.limit.train')!
  expect(valueText(limit, null)).toBe('all')
  expect(typedValue(limit, 'all')).toBeNull()
  expect(valueText(setting('network.widths'), [16, 32])).toBe('16, 32')
  expect(isChanged(setting('training.epochs'), 200)).toBe(false)
  expect(isChanged(setting('training.epochs'), 8)).toBe(true)
  expect(isChanged(setting('training.epochs'), undefined)).toBe(false)
})
