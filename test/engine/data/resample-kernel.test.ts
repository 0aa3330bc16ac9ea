import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { scaleRows, type Taps } from '../../../src/engine/data/resample-kernel.ts'
import { resampleText } from '../../../src/engine/data/resample-wasm.ts'
import { range } from './images.ts'

const one = 2 ** 22

/** Lines of a start in bytes, and weights. */
function tapsOf(lines: readonly [start: number, ...weights: number[]][]): Taps {
  const line = Math.max(...lines.map(({ length }) => length)) + 1
  const table = lines.flatMap(([start, ...weights]) => [
    ...[start, weights.length, ...weights],
    ...new Array<number>(line - 2 - weights.length).fill(0),
  ])
  return { table: Int32Array.from(table), line }
}

test('the kernel was assembled from its text', () => {
  const text = readFileSync(new URL('../../../src/engine/data/resample.wat', import.meta.url))
  const sha256 = createHash('sha256').update(text).digest('hex')
  expect(resampleText, 'resample.wat was changed since: npm run assemble').toBe(sha256)
})

test('sums are weighted, rounded and cut off to bytes, whatever the number of channels and the length of a row', () => {
  for (const channels of [1, 2, 3, 4]) {
    for (const width of [2, 5, 16, 21]) {
      const bytes = Uint8Array.from({ length: 3 * width * channels }, (_, at) => (at * 37) % 256)
      const at = (row: number, column: number, channel: number) => bytes[(row * width + column) * channels + channel]!
      // Twice a pixel less its right neighbour; the last as it is.
      const across = tapsOf(
        range(width).map((column) =>
          column < width - 1 ? [column * channels, 2 * one, -one] : [column * channels, one],
        ),
      )
      const length = width * channels
      // A half of two rows; the last row alone.
      const down = tapsOf([
        [0, one / 2, one / 2],
        [2 * length, one],
      ])
      const rows = { bytes, count: 3, stride: length, channels }
      const clamped = (value: number) => Math.min(255, Math.max(0, value))
      const first = (row: number, column: number, channel: number) =>
        clamped(
          column < width - 1 ? 2 * at(row, column, channel) - at(row, column + 1, channel) : at(row, column, channel),
        )
      const expected = range(2).flatMap((row) =>
        range(width).flatMap((column) =>
          range(channels).map((channel) =>
            row === 0
              ? Math.floor((first(0, column, channel) + first(1, column, channel) + 1) / 2)
              : first(2, column, channel),
          ),
        ),
      )
      expect(Array.from(scaleRows(rows, { across, down })), `${channels} × ${width}`).toEqual(expected)
    }
  }
})
