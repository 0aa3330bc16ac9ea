import { expect, test } from 'vitest'
import { experimentFile } from '../../../src/contract/experiment/experiment.ts'

const resolved = (data: object, network: object) =>
  experimentFile.parse({ name: 'toy', data, network, regimes: ['joint'] }).data.augmentation

const [resnet, vit] = [{ family: 'resnet', variant: 'resnet18' }, { family: 'vit' }]

test.each([
  ['cifar100', resnet, 'crop-flip'],
  ['fashion-mnist', resnet, 'crop-flip'],
  ['image-folder', vit, 'trivial-augment'],
  ['fashion-mnist', vit, 'trivial-augment'],
  ['mnist', resnet, 'none'],
  ['mnist', vit, 'none'],
  ['tiny-imagenet', resnet, 'crop-flip'],
  ['tiny-imagenet', vit, 'trivial-augment-crop'],
  ['imagenette', resnet, 'resized-crop-flip'],
  ['imagenet', vit, 'resized-crop-trivial-augment'],
])('images of %s have the default augmentation of their network: %o → %s', (source, network, expected) => {
  expect(resolved({ source }, network)).toBe(expected)
  expect(resolved({ source, augmentation: 'auto' }, network)).toBe(expected)
})

test('an augmentation that the experiment names is kept, and so is one that was resolved before', () => {
  expect(resolved({ source: 'mnist', augmentation: 'crop-flip' }, vit)).toBe('crop-flip')
  const file = experimentFile.parse({ name: 'toy', data: { source: 'cifar10' }, network: vit, regimes: ['joint'] })
  expect(experimentFile.parse(file)).toEqual(file)
})
