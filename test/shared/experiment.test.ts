import { expect, test } from 'vitest'
import { experimentFile } from '../../src/shared/experiment.ts'

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
])('images of %s are augmented for their network where nothing is said: %o → %s', (source, network, expected) => {
  expect(resolved({ source }, network)).toBe(expected)
  expect(resolved({ source, augmentation: 'auto' }, network)).toBe(expected)
})

test('what an experiment says of its augmentation stands, and so does what was decided once', () => {
  expect(resolved({ source: 'mnist', augmentation: 'crop-flip' }, vit)).toBe('crop-flip')
  const file = experimentFile.parse({ name: 'toy', data: { source: 'cifar10' }, network: vit, regimes: ['joint'] })
  expect(experimentFile.parse(file)).toEqual(file)
})
