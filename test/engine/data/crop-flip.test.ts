import { describe, expect, test } from 'vitest'
import { stream } from '../../../src/engine/random.ts'
import { augmenter, bytesKept, range } from './images.ts'

const side = 8
const shape = { height: side, width: side, channels: 1 }
const bytes = Uint8Array.from({ length: side * side }, (_, at) => at + 1)

/** Where an image that was shifted and mirrored shows what. */
function placed({ down, across, flip, pad }: { down: number; across: number; flip: boolean; pad: number }): number[] {
  const frame = side + 2 * pad
  return range(frame * frame).map((at) => {
    const [row, shown] = [Math.floor(at / frame), at % frame]
    const column = flip ? frame - 1 - shown : shown
    const [y, x] = [row - pad - down, column - pad - across]
    return y >= 0 && y < side && x >= 0 && x < side ? bytes[y * side + x]! : 0
  })
}

describe.each([0, 2])('crop-flip with %i pixels of padding', (pad) => {
  test('gives every shift within an eighth of the side, mirrored or not, equally often', () => {
    const seed = 5
    const random = stream(seed, 'crop-flip')
    const write = augmenter('crop-flip', { shape, pad, normalisation: bytesKept(1) })
    const reach = (side + 2 * pad) / 8
    expect(Math.round(reach)).toBe(pad === 0 ? 1 : 2)
    const shifts = range(2 * Math.round(reach) + 1).map((shift) => shift - Math.round(reach))
    const expected = shifts.flatMap((down) =>
      shifts.flatMap((across) => [false, true].map((flip) => placed({ down, across, flip, pad }).join())),
    )
    const counts = new Map(expected.map((key) => [key, 0]))
    const draws = 200 * expected.length
    for (let draw = 0; draw < draws; draw++) {
      const target = new Float32Array((side + 2 * pad) ** 2).fill(-1)
      write(bytes, target, random)
      const key = Array.from(target, Math.round).join()
      expect(counts.has(key), `seed ${seed}, draw ${draw}: ${key}`).toBe(true)
      counts.set(key, counts.get(key)! + 1)
    }
    // 200 expected of each, standard deviation 14.
    for (const count of counts.values()) expect(Math.abs(count - 200), `seed ${seed}`).toBeLessThan(5 * 14)
  })
})
