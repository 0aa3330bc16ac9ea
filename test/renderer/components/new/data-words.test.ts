import { expect, test } from 'vitest'
import { foundWords, pathHint, targetOf } from '../../../../src/renderer/components/new/data-words.ts'
import type { DataFound } from '../../../../src/contract/data.ts'

const found: DataFound = {
  kind: 'images',
  height: 28,
  width: 28,
  channels: 1,
  classNames: ['Coat', 'Bag'],
  classCounts: { train: [4000, 3200], validation: [500, 300], test: [1000, 1000] },
  available: { train: 8000, test: 2000 },
  testHeldBack: null,
}

test('what was found is given in numbers', () => {
  expect(foundWords(found)).toBe('28 × 28 × 1, 2 classes: 7,200 training, 800 validation and 2,000 test images')
  expect(foundWords({ ...found, testHeldBack: 0.2 })).toMatch(/2,000 test images \(20 % held back\)$/)
})

test('images of a regression have values instead of classes', () => {
  expect(foundWords({ ...found, task: 'regression', classNames: [''] })).toMatch(/^28 × 28 × 1, values: 7,200 training/)
  expect(targetOf({ label: 0, value: 0.123456, mixedWith: null }, [''])).toBe('0.123')
})

test('a sample has the name of its class, or of both that were mixed', () => {
  expect(targetOf({ label: 1, mixedWith: null }, found.classNames)).toBe('Bag')
  expect(targetOf({ label: 0, mixedWith: { label: 1, share: 0.375 } }, found.classNames)).toBe('Coat 63 % + Bag 38 %')
})

test('the field of a path describes what is expected there', () => {
  expect(pathHint({ source: 'image-folder' })).toContain('train/CLASS/…')
  expect(pathHint({ source: 'cifar10' })).toContain('archive')
  expect(pathHint(undefined)).toContain('archive')
})
