import { expect, test } from 'vitest'
import { settingWords } from '../../../src/shared/experiment/setting-words.ts'

test('settings are in words by their paths', () => {
  expect(settingWords({})).toBe('')
  const settings = { 'training.learningRate': 1e-4, 'data.augmentation': 'none', 'data.mixing': null }
  expect(settingWords(settings)).toBe('training.learningRate 0.0001, data.augmentation none, data.mixing null')
})

test('learning rates by part are in words', () => {
  const settings = { 'training.epochs': 5, learningRates: { backbone: 0.1, 'heads.0-2': 1 } }
  expect(settingWords(settings)).toBe('training.epochs 5, learning rate of backbone × 0.1, of heads.0-2 × 1')
})
