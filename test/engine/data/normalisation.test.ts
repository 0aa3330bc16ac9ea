import { expect, test } from 'vitest'
import { measureNormalisation, normalisationTable } from '../../../src/engine/data/normalisation.ts'

test('mean and deviation are those of each channel over all pixels', () => {
  // Channel 0: 0 and 255 by turns; channel 1: 51, 102, 51, 204, mean 102.
  const images = Uint8Array.from([0, 51, 255, 102, 0, 51, 255, 204])
  const deviation = Math.sqrt((51 ** 2 + 0 + 51 ** 2 + 102 ** 2) / 4) / 255
  expect(measureNormalisation({ images, channels: 2 })).toEqual({
    mean: [0.5, 0.4],
    std: [0.5, Math.round(deviation * 1e4) / 1e4],
  })
})

test('a channel that never changes is not divided by zero', () => {
  const { std } = measureNormalisation({ images: new Uint8Array(30).fill(77), channels: 3 })
  for (const each of std) expect(each).toBeGreaterThan(0)
})

test('the table holds (value / 255 − mean) / std of each channel', () => {
  const table = normalisationTable({ mean: [0.5, 0.2], std: [0.5, 0.1] })
  expect(table.length).toBe(512)
  expect([table[0], table[255], table[256 + 51]!]).toEqual([-1, 1, expect.closeTo(0, 6)])
})
