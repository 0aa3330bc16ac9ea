import { describe, expect, test } from 'vitest'
import { drawErased, drawRectangle, erase } from '../../../src/engine/data/augmentation/random-erasing.ts'
import { drawOperation, trivialOperations } from '../../../src/engine/data/augmentation/trivial-augment.ts'
import { stream } from '../../../src/engine/random.ts'
import { augmenter, bytesKept, range } from './images.ts'

const seed = 11

describe('TrivialAugmentWide', () => {
  test('draws each operation equally often, its sign too', () => {
    const random = stream(seed, 'operations')
    const drawn = range(14000).map(() => drawOperation(random))
    for (const [operation, { name, signed }] of trivialOperations.entries()) {
      const own = drawn.filter((each) => each.operation === operation)
      // 1000 expected, standard deviation 30.
      expect(Math.abs(own.length - 1000), `${name}, seed ${seed}`).toBeLessThan(150)
      const negative = own.filter(({ magnitude }) => magnitude < 0).length
      // Half of the 30 strengths in 31 that are not 0: 0.484 of them, standard deviation 0.016.
      if (signed) expect(Math.abs(negative / own.length - 0.484), `${name}, seed ${seed}`).toBeLessThan(0.08)
      else expect(negative).toBe(0)
    }
  })

  test('leaves about one image in fourteen as it is, in the middle of its frame', () => {
    const shape = { height: 8, width: 8, channels: 3 }
    const bytes = Uint8Array.from({ length: 192 }, (_, at) => 20 + at)
    const write = augmenter('trivial-augment', { shape, pad: 1, normalisation: bytesKept(3) })
    const random = stream(seed, 'images')
    const framed = range(300).map((at) => {
      const [row, column] = [Math.floor(at / 30) - 1, Math.floor((at % 30) / 3) - 1]
      return row >= 0 && row < 8 && column >= 0 && column < 8 ? bytes[(row * 8 + column) * 3 + (at % 3)]! : 0
    })
    const unchanged = range(2000).filter(() => {
      const target = new Float32Array(300)
      write(bytes, target, random)
      return target.every((value, at) => Math.round(value) === framed[at])
    })
    // Operations of strength 0 leave it unchanged too: 1/14 and a little more, of the nine in ten that are not erased.
    expect(unchanged.length / 2000, `seed ${seed}`).toBeGreaterThan(0.06)
    expect(unchanged.length / 2000, `seed ${seed}`).toBeLessThan(0.2)
  })
})

describe('random erasing', () => {
  const shape = { height: 32, width: 32, channels: 3 }

  test('takes rectangles of 2 % to 33 % of the area, 0.3 to 3.3 times as high as wide, inside the image', () => {
    const random = stream(seed, 'rectangles')
    const rectangles = range(3000).map(() => drawRectangle(shape, random)!)
    for (const { top, left, height, width } of rectangles) {
      // Sides are rounded: allow half a pixel.
      expect((height + 0.5) * (width + 0.5), `seed ${seed}`).toBeGreaterThan(0.02 * 1024)
      expect((height - 0.5) * (width - 0.5), `seed ${seed}`).toBeLessThan(0.33 * 1024)
      expect((height - 0.5) / (width + 0.5), `seed ${seed}`).toBeLessThan(3.3)
      expect((height + 0.5) / (width - 0.5), `seed ${seed}`).toBeGreaterThan(0.3)
      expect(top >= 0 && left >= 0 && top + height <= 32 && left + width <= 32).toBe(true)
    }
    const mean = rectangles.reduce((sum, { height, width }) => sum + height * width, 0) / 3000 / 1024
    // Uniform area: mean 0.175, less the few that did not fit.
    expect(mean, `seed ${seed}`).toBeGreaterThan(0.16)
    expect(mean, `seed ${seed}`).toBeLessThan(0.18)
    expect(Math.max(...rectangles.map(({ top, height }) => top + height))).toBe(32)
  })

  test('sets one rectangle of one image in ten to 0', () => {
    const random = stream(seed, 'erasing')
    const erased = range(2000).filter(() => {
      const image = new Float32Array(32 * 32 * 3).fill(1)
      const erased = drawErased(shape, random)
      if (erased) erase(image, shape, erased)
      const rows = range(32).map((row) => range(32).filter((column) => image[(row * 32 + column) * 3] === 0))
      const hit = rows.filter((columns) => columns.length > 0)
      for (const columns of hit) expect(columns).toEqual(hit[0])
      const zeros = image.filter((value) => value === 0).length
      expect(zeros).toBe(3 * hit.length * (hit[0]?.length ?? 0))
      return hit.length > 0
    })
    // 200 expected, standard deviation 13.
    expect(Math.abs(erased.length - 200), `seed ${seed}`).toBeLessThan(65)
  })

  test('erases nothing where no rectangle fits', () => {
    expect(drawRectangle({ height: 1000, width: 1, channels: 1 }, stream(seed, 'none'))).toBeNull()
  })
})
