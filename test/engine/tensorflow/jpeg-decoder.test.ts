import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openJpegDecoder } from '../../../src/engine/tensorflow/jpeg-decoder.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

const folder = fileURLToPath(new URL('../../datasets/fixtures/pictures/', import.meta.url))
/** What Pillow makes of the files: test/datasets/fixtures/make_pictures.py. */
const fixture = JSON.parse(
  await readFile(new URL('../../datasets/fixtures/pictures.json', import.meta.url), 'utf8'),
) as Record<string, { height: number; width: number; pixels: string }>
const jpegs = (await readdir(folder)).filter((name) => /^(?!cmyk|png).*\.jpe?g$/i.test(name))

const decoder = openJpegDecoder(tensorFlow.shared)

describe('TensorFlow', () => {
  test.each(jpegs)('decodes any rows of %s to the bytes of Pillow, and leaks nothing', async (name) => {
    const { height, width, pixels } = fixture[name]!
    const [file, expected] = [await readFile(`${folder}${name}`), Buffer.from(pixels, 'base64')]
    for (let top = 0; top < height; top++) {
      for (let rows = 1; top + rows <= height; rows++) {
        const found = decoder.rows(file, { top, height: rows, width })!
        const wanted = expected.subarray(top * width * 3, (top + rows) * width * 3)
        if (Buffer.compare(found, wanted) !== 0) expect.fail(`rows ${top} to ${top + rows} differ`)
      }
    }
    expect(decoder.liveHandles()).toBe(0)
  })

  test.each([
    ['is cut short', (whole: Uint8Array) => whole.subarray(0, whole.length - 200)],
    ['has no beginning', (whole: Uint8Array) => whole.subarray(50)],
    ['is empty', () => new Uint8Array()],
    ['is of fewer columns', (whole: Uint8Array) => withWidth(whole, 61)],
    ['is said to have 2 GiB of pixels', (whole: Uint8Array) => whole, { height: 11_000, width: 65_000 }],
  ])('does not decode a file that %s, and leaks nothing', async (_, damage, size = { height: 45, width: 62 }) => {
    const file = damage(await readFile(`${folder}colour.jpg`))
    expect(decoder.rows(file, { top: 0, ...size })).toBe(null)
    expect(decoder.liveHandles()).toBe(0)
  })
})

function withWidth(whole: Uint8Array, width: number): Uint8Array {
  const file = Buffer.from(whole)
  file.writeUInt16BE(width, file.indexOf(Buffer.of(0xff, 0xc0)) + 7)
  return file
}
