import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  draftOfPreset,
  draftOfRun,
  fileNameOf,
  needsFolder,
} from '../../../../src/renderer/components/new/draft-sources.ts'
import { readYamlText } from '../../../../src/renderer/components/new/yaml-text.ts'
import type { RunDetail } from '../../../../src/contract/run-detail.ts'

const example = (name: string) => ({
  name,
  title: name,
  sentence: '',
  source: readFileSync(new URL(`../../../../examples/${name}.yaml`, import.meta.url), 'utf8'),
})
const valuesOf = (text: string) => (readYamlText(text) as { values: Record<string, Record<string, unknown>> }).values

test('an example uses the usual folder of its data set, and the weights that it names', () => {
  const images = draftOfPreset(example('paper/vit-t-cifar100'))
  expect(needsFolder(images, valuesOf(images.text))).toBe(false)
  const weights = draftOfPreset(example('paper/vit-b-cifar100'))
  expect(needsFolder(weights, valuesOf(weights.text))).toBe(true)
  expect(example('quickstart').source.endsWith(`\n${draftOfPreset(example('quickstart')).text}`)).toBe(true)
})

test('a run is copied with its regime and its seed, comments and all, its images by their absolute path', () => {
  const { source } = example('paper/resnet34-cifar100')
  const file = { name: 'ResNet-34, CIFAR-100', data: { path: 'x' } } as RunDetail['file']
  const run = {
    file,
    source,
    regime: 'mixed',
    seed: 3,
    settings: {},
    dataPath: '/images/cifar',
    weightsPath: null,
  } as RunDetail
  const { text } = draftOfRun(run)
  expect(valuesOf(text)).toMatchObject({
    name: 'ResNet-34, CIFAR-100 copy',
    regimes: ['mixed'],
    seeds: [3],
    data: { path: '/images/cifar' },
  })
  expect(text).toContain('# one cycle lasts as long as the patience')
  expect(valuesOf(draftOfRun({ ...run, weightsPath: '/w.pth' }).text)).toMatchObject({ initial: { weights: '/w.pth' } })
  const bare = draftOfRun({ ...run, source: null })
  expect(valuesOf(bare.text)).toMatchObject({ regimes: ['mixed'], name: 'ResNet-34, CIFAR-100 copy' })
})

test('a run of a network from a file is copied with the absolute path of that file', () => {
  const source = 'name: own\ndata: { source: mnist }\nnetwork: { family: onnx, file: net.onnx }\nregimes: [mixed]\n'
  const file = { name: 'own', data: {}, network: { family: 'onnx', file: 'net.onnx' } } as unknown as RunDetail['file']
  const run = {
    file,
    source,
    regime: 'mixed',
    seed: 1,
    settings: {},
    weightsPath: '/nets/net.onnx',
  } as unknown as RunDetail
  const copied = draftOfRun(run)
  expect(valuesOf(copied.text)['network']).toEqual({ family: 'onnx', file: '/nets/net.onnx' })
  expect(valuesOf(copied.text)['initial']).toBeUndefined()
  expect(needsFolder(copied, valuesOf(copied.text))).toBe(false)
  expect(needsFolder(copied, valuesOf(source))).toBe(true)
})

test('a run of a regime of the file’s own is copied with the phases of the regime and their settings', () => {
  const phases =
    '\n    phases:\n      - trains: backbone\n      - trains: all\n        training: { learningRate: 1e-4 }\n'
  const source = `name: own\ndata: { source: mnist }\nnetwork: { family: resnet }\nregimes:\n  - joint\n  - name: thaw${phases}`
  const file = { name: 'own', data: {}, network: { family: 'resnet' } } as unknown as RunDetail['file']
  const run = { file, source, regime: 'thaw', seed: 2, settings: {}, weightsPath: null } as unknown as RunDetail
  const thaw = { name: 'thaw', phases: [{ trains: 'backbone' }, { trains: 'all', training: { learningRate: 1e-4 } }] }
  const { text } = draftOfRun(run)
  expect(valuesOf(text)['regimes']).toEqual([thaw])
  expect(text).toContain('training: { learningRate: 1e-4 }')
  const stored = { ...run, source: null, file: { ...file, regimes: ['joint', thaw] } } as unknown as RunDetail
  expect(valuesOf(draftOfRun(stored).text)['regimes']).toEqual([thaw])
})

test('a file keeps the name that it was opened by, else that of the experiment', () => {
  const draft = { text: '', folder: null, fileName: null }
  expect(fileNameOf({ ...draft, fileName: 'a.yml' }, {})).toBe('a.yml')
  expect(fileNameOf(draft, { name: 'ViT-T, CIFAR 100' })).toBe('vit-t-cifar-100.yaml')
  expect(fileNameOf(draft, {})).toBe('experiment.yaml')
})

test('a run that diverged is copied with a tenth of its learning rate or with clipped gradients, and nothing else changed', () => {
  const { source } = example('quickstart')
  const file = { name: 'quickstart', data: {}, training: { learningRate: 0.005, clipNorm: null } } as RunDetail['file']
  const run = {
    file,
    source,
    regime: 'joint',
    seed: 1,
    settings: {},
    dataPath: '/images',
    weightsPath: null,
  } as RunDetail
  const copied = valuesOf(draftOfRun(run).text)
  const slower = valuesOf(draftOfRun(run, 'lower-learning-rate').text)
  const training = { ...copied.training, learningRate: 0.0005 }
  expect(slower).toEqual({ ...copied, name: 'quickstart learningRate 0.0005', training })
  const clipped = valuesOf(draftOfRun(run, 'gradient-clipping').text)
  expect(clipped).toEqual({ ...copied, name: 'quickstart clipNorm 1', training: { ...copied.training, clipNorm: 1 } })
})

test('a run of a sweep is copied with the settings of its series, and sweeps nothing', () => {
  const source = `${example('quickstart').source}sweep:\n  network.head: [pooled, conv]\n  training.weightDecay: [0, 1e-4]\n`
  const file = { name: 'swept', data: {}, training: { learningRate: 0.005 } } as RunDetail['file']
  const settings = { 'network.head': 'conv', 'training.weightDecay': 0.0001 }
  const values = valuesOf(draftOfRun({ file, source, regime: 'joint', seed: 1, settings } as unknown as RunDetail).text)
  expect(values).not.toHaveProperty('sweep')
  expect(values).toMatchObject({ network: { head: 'conv' }, training: { weightDecay: 0.0001, epochs: 8 } })
})
