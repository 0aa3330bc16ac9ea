import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { cropAtRandom, drawCrop } from '../../../src/engine/data/augmentation/resized-crop.ts'
import { type Picture, resizedCentre, resizedCrop, type Window } from '../../../src/engine/data/resample.ts'
import { stream } from '../../../src/engine/random.ts'
import { range } from './images.ts'

type Shape = [height: number, width: number, channels: number]
interface Result {
  picture: Shape
  sha256: string
  first: number[]
}

/** What torchvision makes of the same bytes: fixtures/make_resizing.py. */
const fixture = JSON.parse(readFileSync(new URL('fixtures/resizing.json', import.meta.url), 'utf8')) as {
  centres: (Result & { side: number })[]
  crops: (Result & { window: [number, number, number, number]; size: [number, number] })[]
  drawn: { height: number; width: number; uniforms: number[]; window: [number, number, number, number] }[]
}

function picture([height, width, channels]: Shape): Picture {
  const bytes = Uint8Array.from({ length: height * width * channels }, (_, at) => {
    const stripe = Math.floor(at / 97)
    return stripe % 3 === 0 ? (stripe % 2) * 255 : (at * at * 7 + at * 13) % 251
  })
  return { bytes, start: 0, height, width, channels }
}

const windowOf = ([top, left, height, width]: [number, number, number, number]): Window => ({
  top,
  left,
  height,
  width,
})
const found = (bytes: Uint8Array) => ({
  first: Array.from(bytes.subarray(0, 8)),
  sha256: createHash('sha256').update(bytes).digest('hex'),
})

describe('scaled images are byte for byte torchvision’s on Pillow images', () => {
  test.each(fixture.centres)('the middle of $picture at $side', ({ picture: shape, side, first, sha256 }) => {
    expect(found(resizedCentre(picture(shape), side))).toEqual({ first, sha256 })
  })

  test.each(fixture.crops)(
    'the part $window of $picture at $size',
    ({ picture: shape, window, size, first, sha256 }) => {
      const [height, width] = size
      expect(found(resizedCrop(picture(shape), windowOf(window), { height, width }))).toEqual({ first, sha256 })
    },
  )

  test('and of images that lie one after the other', () => {
    const { bytes, ...image } = picture([12, 9, 3])
    const around = new Uint8Array(3 * bytes.length).fill(77)
    around.set(bytes, bytes.length)
    const shifted = resizedCentre({ ...image, bytes: around, start: bytes.length }, 5)
    expect(shifted).toEqual(resizedCentre({ ...image, bytes }, 5))
  })
})

describe('random crops', () => {
  test('are those that torchvision draws from the same numbers', () => {
    for (const { height, width, uniforms, window } of fixture.drawn) {
      const numbers = uniforms.values()
      const uniform = () => numbers.next().value!
      const random = { uniform, integer: (bound: number) => Math.floor(uniform() * bound) }
      expect(drawCrop({ height, width }, random), `${height} × ${width}`).toEqual(windowOf(window))
    }
    // Those of the two longest images fit in no attempt.
    expect(fixture.drawn.slice(-6).map(({ window }) => window)).toEqual(range(6).map(() => [186, 0, 27, 20]))
  })

  test('follow from their number alone, and cover the image', () => {
    const image = picture([40, 30, 3])
    const size = { height: 8, width: 8 }
    expect(cropAtRandom(image, 5, size)).toEqual(cropAtRandom(image, 5, size))
    const crops = range(2000).map((drawn) => drawCrop(image, stream(drawn, 'resized crop')))
    const areas = crops.map(({ height, width }) => (height * width) / 1200)
    const mean = areas.reduce((sum, area) => sum + area, 0) / 2000
    // Uniform from 0.08 to 1: 0.54, less the large ones that do not fit.
    expect(mean).toBeGreaterThan(0.42)
    expect(mean).toBeLessThan(0.54)
    expect(Math.max(...crops.map(({ left, width }) => left + width))).toBe(30)
    expect(Math.max(...crops.map(({ top, height }) => top + height))).toBe(40)
    expect(Math.min(...crops.map(({ top, left }) => top + left))).toBe(0)
  })
})
