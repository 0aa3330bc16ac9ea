import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { isComplete, jpegHeader } from '../../src/datasets/formats/jpeg-header.ts'

const folder = fileURLToPath(new URL('fixtures/pictures/', import.meta.url))
const fixture = JSON.parse(await readFile(new URL('fixtures/pictures.json', import.meta.url), 'utf8')) as Record<
  string,
  { height: number; width: number }
>
const componentsOf = (name: string) => (name.startsWith('grey') ? 1 : name.startsWith('cmyk') ? 4 : 3)

/** A frame header of 258 × 772 pixels and three components. */
const frame = [0xff, 0xc2, 0, 17, 8, 1, 2, 3, 4, 3]
const start = [0xff, 0xd8]

describe('the header of a JPEG file', () => {
  test('says its size and its components', async () => {
    for (const name of await readdir(folder)) {
      const { height, width } = fixture[name]!
      const header = jpegHeader(await readFile(`${folder}${name}`))
      if (/\.jpe?g$/i.test(name) && name !== 'png-called.jpg') {
        expect(header, name).toMatchObject({ height, width, components: componentsOf(name) })
      } else expect(header, name).toBe(null)
    }
  })

  test('may follow fill bytes, and is not searched for behind damage', () => {
    expect(jpegHeader(Uint8Array.of(...start, 0xff, 0xff, 0xff, 0xe0, 0, 4, 9, 9, ...frame))).toEqual({
      height: 258,
      width: 772,
      components: 3,
      at: 10,
      isUsual: true,
    })
    expect(jpegHeader(Uint8Array.of(...start, 0xff, 0xe0, 0, 4, 9, 9, 7, ...frame))).toBe(null)
    const whole = Uint8Array.of(...start, ...frame)
    for (const length of whole.keys()) expect(jpegHeader(whole.subarray(0, length))).toBe(null)
  })

  test.each([
    [0xc0, 8, 1, true],
    [0xc0, 8, 3, true],
    [0xc1, 8, 3, true],
    [0xc2, 8, 3, true],
    [0xc2, 12, 3, false],
    [0xc0, 8, 4, false],
    // Lossless, and arithmetic codes.
    [0xc3, 8, 3, false],
    [0xc9, 8, 3, false],
  ])(
    'tells whether a frame of marker %i, %i bits and %i components is coded as usual: %s',
    (marker, bits, components, usual) => {
      const header = [0xff, marker, 0, 17, bits, 1, 2, 3, 4, components]
      expect(jpegHeader(Uint8Array.of(...start, ...header))).toMatchObject({ components, isUsual: usual })
    },
  )

  test('tells whether the end of the image is behind it, also where something follows that', async () => {
    const thumbnail = [0xff, 0xe1, 0, 4, 0xff, 0xd9]
    const isWhole = (...behind: number[]) => {
      const bytes = Uint8Array.of(...start, ...thumbnail, ...frame, ...behind)
      return isComplete(bytes, jpegHeader(bytes)!)
    }
    expect([isWhole(), isWhole(7, 0xd9), isWhole(7, 0xff)]).toEqual([false, false, false])
    expect([isWhole(7, 0xff, 0xd9), isWhole(0xff, 0xd9, 0, 0xd9, 0)]).toEqual([true, true])
    const file = await readFile(`${folder}colour.jpg`)
    const header = jpegHeader(file)!
    expect([isComplete(file, header), isComplete(file.subarray(0, -1), header)]).toEqual([true, false])
  })
})
