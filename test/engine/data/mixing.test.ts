import { describe, expect, test } from 'vitest'
import type { Blend } from '../../../src/engine/data/mixing.ts'
import { drawBlends, drawBox, mixImages } from '../../../src/engine/data/mixing.ts'
import { mixedTargets } from '../../../src/engine/data/batches.ts'
import { stream } from '../../../src/engine/random.ts'
import { mixing } from '../../../src/shared/data/data.ts'
import { range } from './images.ts'

const seed = 3
const shape = { height: 6, width: 4, channels: 2 }
const options = (changes: object, path: string) => ({
  shape,
  mixing: mixing.parse(changes),
  random: stream(seed, path),
})

/** Image i holds i + 1 everywhere. */
const images = (size: number) => Float32Array.from({ length: size * 48 }, (_, at) => Math.floor(at / 48) + 1)

describe('mixImages', () => {
  test('Mixup: λx + (1 − λ)x’ of the mirror as it was', () => {
    const mixed = images(4)
    const lambdas = mixImages(mixed, options({ cutmixAlpha: 0 }, 'mixup'))
    expect(new Set(lambdas).size).toBe(4)
    mixed.forEach((value, at) => {
      const image = Math.floor(at / 48)
      expect(value).toBeCloseTo(lambdas[image]! * (image + 1) + (1 - lambdas[image]!) * (4 - image), 5)
    })
  })

  test('CutMix: a box of the mirror, λ its share outside', () => {
    const mixed = images(6)
    const lambdas = mixImages(mixed, options({ mixupAlpha: 0 }, 'cutmix'))
    for (const image of range(6)) {
      const values = mixed.subarray(image * 48, image * 48 + 48)
      const pasted = range(24).filter((pixel) => values[pixel * 2] === 6 - image)
      expect(lambdas[image]).toBeCloseTo(1 - pasted.length / 24, 6)
      const [rows, columns] = [new Set(pasted.map((each) => each >> 2)), new Set(pasted.map((each) => each & 3))]
      expect(pasted.length).toBe(rows.size * columns.size)
      for (const pixel of range(24)) {
        const expected = pasted.includes(pixel) ? 6 - image : image + 1
        expect([values[pixel * 2], values[pixel * 2 + 1]]).toEqual([expected, expected])
      }
    }
    expect(Math.min(...lambdas)).toBeLessThan(1)
  })

  test('neither: images and λ stay', () => {
    const mixed = images(2)
    expect([...mixImages(mixed, options({ mixupAlpha: 0, cutmixAlpha: 0 }, 'none'))]).toEqual([1, 1])
    expect(mixed).toEqual(images(2))
  })
})

describe('drawBlends', () => {
  const drawn = (changes: object, size = 8): Blend[] => drawBlends(size, options(changes, 'blends'))

  test('draws once a batch, for each image or for each pair, as the mode says', () => {
    const distinct = (blends: Blend[]) => new Set(blends.map(({ lambda }) => lambda)).size
    const mixup = { cutmixAlpha: 0 }
    expect(distinct(drawn({ ...mixup, mode: 'batch' }))).toBe(1)
    expect(distinct(drawn({ ...mixup, mode: 'elem' }))).toBe(8)
    const pairs = drawn({ ...mixup, mode: 'pair' })
    expect(distinct(pairs)).toBe(4)
    for (const image of range(8)) expect(pairs[image]).toEqual(pairs[7 - image])
  })

  test('takes CutMix as often as switchProbability says', () => {
    const cuts = drawn({ switchProbability: 0.25 }, 4000).filter(({ method }) => method === 'cutmix').length
    // 1000 expected, standard deviation 27.
    expect(Math.abs(cuts - 1000), `seed ${seed}`).toBeLessThan(135)
  })

  test('draws λ of Mixup from Beta(α, α)', () => {
    const lambdas = drawn({ cutmixAlpha: 0, mixupAlpha: 0.8 }, 8000).map(({ lambda }) => lambda)
    const mean = lambdas.reduce((sum, lambda) => sum + lambda, 0) / 8000
    const variance = lambdas.reduce((sum, lambda) => sum + (lambda - mean) ** 2, 0) / 8000
    expect(mean, `seed ${seed}`).toBeCloseTo(0.5, 1)
    // Variance of Beta(α, α): 1 / (4 (2α + 1)).
    expect(variance, `seed ${seed}`).toBeCloseTo(1 / (4 * 2.6), 2)
  })

  test('boxes have √(1 − λ) of each side, cut off at the edges, their centres anywhere', () => {
    const random = stream(seed, 'boxes')
    const large = { height: 32, width: 16, channels: 1 }
    const boxes = range(2000).map(() => drawBox(0.75, large, random))
    // Half of 32 and of 16: 16 × 8, unless an edge cuts it.
    for (const { top, bottom, left, right } of boxes) {
      expect(bottom - top === 16 || top === 0 || bottom === 32).toBe(true)
      expect(right - left === 8 || left === 0 || right === 16).toBe(true)
      expect(bottom - top <= 16 && right - left <= 8 && bottom > top && right > left).toBe(true)
    }
    const whole = boxes.filter(({ top, bottom }) => bottom - top === 16).length
    // Centres 8 … 24 of the 32 rows leave it whole: 17/32 of 2000 = 1062, standard deviation 22.
    expect(Math.abs(whole - 1062), `seed ${seed}`).toBeLessThan(110)
    for (const { top, bottom, left, right } of range(100).map(() => drawBox(1, large, random))) {
      expect((bottom - top) * (right - left), 'nothing is pasted where λ is 1').toBe(0)
    }
  })
})

describe('mixedTargets', () => {
  test('λy + (1 − λ)y’ of the smoothed labels', () => {
    const targets = mixedTargets(Int32Array.from([0, 2, 2, 1]), Float32Array.from([0.75, 0.5, 1, 0]), {
      classes: 4,
      smoothing: 0.2,
    })
    // Off 0.05; the rest of 0.8 is shared as λ says. Images 1 and 2 mirror each other and have the same label.
    const expected = [0.65, 0.25, 0.05, 0.05, 0.05, 0.05, 0.85, 0.05, 0.05, 0.05, 0.85, 0.05, 0.85, 0.05, 0.05, 0.05]
    expected.forEach((value, at) => expect(targets[at], String(at)).toBeCloseTo(value, 6))
  })
})
