import { expect, test } from 'vitest'
import { experimentFile } from '../../../../src/contract/experiment/experiment.ts'
import { settingDifferences, settingsOfExperiment } from '../../../../src/main/host/runs/setting-differences.ts'

const network = { family: 'resnet' } as never
const file = experimentFile.parse({
  name: 'toy',
  data: { source: 'mnist', path: '/images', augmentation: 'none' },
  network: { family: 'resnet', blockCounts: [1, 1, 1], widths: [4, 4, 4] },
  training: { learningRate: 0.003, epochs: 7, clipNorm: 1 },
  regimes: [
    'mixed',
    {
      name: 'mine',
      phases: [
        { trains: 'backbone' },
        { trains: 'heads', training: { learningRate: 0.001, clipNorm: null }, augmentation: 'crop-flip' },
        { trains: 'all', training: { learningRate: 0.003 }, objective: { weighting: 'sdn' } },
      ],
    },
  ],
})
const series = (regime: string) => ({ name: regime, regime, settings: {}, network })

test('settings that phases have of their own stand beside those of the experiment, without repetition, in order', () => {
  const { common, phases } = settingsOfExperiment({ file }, [series('mixed'), series('mine')])
  expect(common).toMatchObject({ 'training.learningRate': 0.003, 'training.epochs': 7 })
  expect(Object.keys(phases!)).toEqual(['mine'])
  expect(phases!['mine']!.settings).toMatchObject({
    'training.learningRate': [0.003, 0.001],
    'training.clipNorm': [1, null],
    'data.augmentation': ['none', 'crop-flip'],
  })
  expect(phases!['mine']!.settings['objective.weighting']).toContain('sdn')
  expect(phases!['mine']!.settings).not.toHaveProperty(['training.epochs'])
  expect(phases!['mine']!.settings).not.toHaveProperty(['data.path'])
})

test('phases share the epochs of their regime', () => {
  const shared = { ...file, training: { ...file.training, totalEpochs: 10 } }
  const { phases } = settingsOfExperiment({ file: shared }, [series('mine')])
  expect(phases!['mine']!.settings['training.epochs']).toEqual([4, 3])
})

test('an experiment without regimes of its own has no settings of phases', () => {
  expect(settingsOfExperiment({ file }, [series('mixed')])).not.toHaveProperty('phases')
})

test('runs of own regimes of one name differ in their phases', () => {
  const [first, second] = [[{ trains: 'all' }], [{ trains: 'backbone' }, { trains: 'all' }]]
  const files = [first, second].map((phases) => ({ ...file, regimes: [{ name: 'mine', phases }] }))
  const store = {
    experiments: { get: (id: string) => ({ file: files[Number(id)] }) },
    series: { get: () => ({ settings: {} }) },
  }
  const runs = ['0', '1'].map((id) => ({ id, experimentId: id, seriesId: 1, regime: 'mine', seed: 1 }))
  expect(settingDifferences(store as never, runs as never).settings).toEqual([
    { path: 'phases', values: [first, second] },
  ])
})
