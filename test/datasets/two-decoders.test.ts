import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { decodePicture, usePicture } from '../../src/datasets/formats/decode.ts'
import type { Picture } from '../../src/engine/data/resample.ts'
import { type JpegDecoder, openJpegDecoder } from '../../src/engine/tensorflow/jpeg-decoder.ts'
import { tensorFlow } from '../support/tensorflow.ts'
import { emptyFolder } from './support.ts'

const folderOf = (name: string) => fileURLToPath(new URL(`fixtures/${name}/`, import.meta.url))
const filesIn = async (name: string) => (await readdir(folderOf(name))).map((file) => join(folderOf(name), file))
const [ways, pictures] = [await filesIn('jpegs'), await filesIn('pictures')]
const jpegs = openJpegDecoder(tensorFlow.shared)
const copied = (picture: Picture) => ({ ...picture, bytes: Buffer.from(picture.bytes) })

/** Rows around the edges of blocks of 8 and 16, at both borders, and all. */
function windowsOf(height: number): { top: number; height: number }[] {
  const edges = [0, 1, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, height - 1, height].filter((row) => row <= height)
  return edges.flatMap((top) => edges.filter((end) => end > top).map((end) => ({ top, height: end - top })))
}

/** A decoder that counts the files which it decodes. */
function counting(): JpegDecoder & { count: number } {
  const counted = {
    ...jpegs,
    count: 0,
    rows(...request: Parameters<JpegDecoder['rows']>) {
      const found = jpegs.rows(...request)
      if (found !== null) counted.count++
      return found
    },
  }
  return counted
}

describe('TensorFlow and sharp', () => {
  test.each(ways)('decode %s to the same bytes, whole and any rows of it', async (path) => {
    const decoder = counting()
    const whole = copied(await decodePicture(path))
    expect(await usePicture(path, { jpegs: decoder }, copied)).toEqual(whole)
    const windows = windowsOf(whole.height)
    for (const rows of windows) {
      const rowsOf = () => rows
      expect(await usePicture(path, { rowsOf, jpegs: decoder }, copied)).toEqual(
        copied(await decodePicture(path, rowsOf)),
      )
    }
    expect(decoder.count).toBe(1 + windows.length)
  })

  test('divide the work: only complete JPEG files of one or three components go to TensorFlow', async () => {
    const ofTensorFlow = /^(colour|full-chroma|grey|profile|turned)\.jpg$|^progressive/
    for (const path of pictures) {
      const decoder = counting()
      expect(await usePicture(path, { jpegs: decoder }, copied)).toEqual(copied(await decodePicture(path)))
      expect(decoder.count, path).toBe(ofTensorFlow.test(path.split('/').at(-1)!) ? 1 : 0)
    }
  })

  test('refuse the same damaged files, with the messages of sharp', async () => {
    const whole = await readFile(join(folderOf('pictures'), 'colour.jpg'))
    const folder = await emptyFolder()
    const tables = whole.indexOf(Buffer.of(0xff, 0xc4))
    const damaged = {
      short: whole.subarray(0, whole.length - 200),
      empty: new Uint8Array(),
      tables: Buffer.concat([whole.subarray(0, tables + 5), Buffer.alloc(16, 0xee), whole.subarray(tables + 21)]),
    }
    for (const [name, bytes] of Object.entries(damaged)) {
      const path = join(folder, `${name}.jpg`)
      await writeFile(path, bytes)
      const refusal = await decodePicture(path).catch((error: Error) => error.message)
      expect(refusal).toContain(`${name}.jpg cannot be decoded as JPEG or PNG (`)
      await expect(usePicture(path, { jpegs }, copied)).rejects.toMatchObject({ code: 'data', message: refusal })
    }
    expect(jpegs.liveHandles()).toBe(0)
  })
})
