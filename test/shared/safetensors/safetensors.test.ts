import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ExitlabError } from '../../../src/shared/basics/error.ts'
import { decodeSafetensors, encodeSafetensors, type NamedArray } from '../../../src/shared/safetensors/safetensors.ts'

/** A file with this header, written as JSON or given as text, and `dataBytes` zero bytes. */
function file(header: unknown, dataBytes = 0): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  return bytes
}

const f32 = (shape: unknown, start: unknown, end: unknown) => ({ dtype: 'F32', shape, data_offsets: [start, end] })

function refusal(bytes: Uint8Array): string {
  try {
    decodeSafetensors(bytes, 'model.safetensors')
  } catch (error) {
    expect(error).toBeInstanceOf(ExitlabError)
    expect((error as ExitlabError).code).toBe('checkpoint-damaged')
    return (error as Error).message
  }
  throw new Error('expected a refusal')
}

describe('safetensors', () => {
  test('what is encoded is decoded again, scalars, empty arrays and odd names included', () => {
    const arrays: Record<string, NamedArray> = {
      weight: { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, NaN, Infinity, 1e-45) },
      mix: { shape: [], values: Float32Array.of(0.25) },
      labels: { shape: [3], values: Int32Array.of(-1, 0, 2 ** 31 - 1) },
      none: { shape: [0, 4], values: new Float32Array() },
      'naïve “name”': { shape: [1], values: Float32Array.of(7) },
    }
    const { arrays: decoded, metadata } = decodeSafetensors(encodeSafetensors(arrays, { format: 'pt', note: 'é' }))
    expect({ ...decoded }).toEqual(arrays)
    expect(metadata).toEqual({ format: 'pt', note: 'é' })
  })

  test('the data of an encoded file begins on a multiple of 8 bytes', () => {
    for (const name of ['a', 'ab', 'abc', 'abcd', 'abcdefgh']) {
      const bytes = encodeSafetensors({ [name]: { shape: [1], values: Float32Array.of(1) } })
      expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0)
    }
  })

  test('a file of the reference implementation is re-encoded byte for byte', () => {
    const original = readFileSync('test/engine/networks/fixtures/vit-1L.safetensors')
    const { arrays, metadata } = decodeSafetensors(original)
    const byPosition = Object.entries(arrays).sort(([a], [b]) => (a < b ? -1 : 1))
    expect(Buffer.compare(encodeSafetensors(Object.fromEntries(byPosition), metadata), original)).toBe(0)
  })

  test('a file is read from any position in a larger buffer', () => {
    const encoded = encodeSafetensors({ x: { shape: [2], values: Float32Array.of(1, 2) } })
    const larger = new Uint8Array(encoded.length + 3)
    larger.set(encoded, 3)
    expect(decodeSafetensors(larger.subarray(3)).arrays.x!.values).toEqual(Float32Array.of(1, 2))
  })

  test('names of the object prototype are only names', () => {
    const { arrays } = decodeSafetensors(file('{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4))
    expect(Object.keys(arrays)).toEqual(['__proto__'])
    expect(arrays.constructor).toBeUndefined()
    expect(({} as Record<string, unknown>).shape).toBeUndefined()
    const again = decodeSafetensors(encodeSafetensors(arrays))
    expect(Object.keys(again.arrays)).toEqual(['__proto__'])
  })

  test('the caller is told when values do not fill the shape', () => {
    expect(() => encodeSafetensors({ x: { shape: [3], values: Float32Array.of(1, 2) } })).toThrow('x: 2 values')
    expect(() => encodeSafetensors({ __metadata__: { shape: [0], values: new Float32Array() } })).toThrow(
      '__metadata__',
    )
  })
})

describe('a damaged safetensors file is refused by what is wrong', () => {
  const huge = new Uint8Array(16).fill(0xff)
  const cases: [string, Uint8Array, string][] = [
    ['nothing in it', new Uint8Array(), 'expected at least 8 bytes, got 0'],
    ['a header length beyond every file', huge, 'expected at most 20000000'],
    ['a header longer than the file', file({ x: f32([1], 0, 4) }, 4).subarray(0, 20), 'truncated'],
    ['a header that is not JSON', file('{"x":'), 'not JSON'],
    ['a header that is not UTF-8', file('{}').fill(0xff, 8), 'not JSON'],
    ['a header that is a list', file([]), 'not a JSON object'],
    ['an array that is not described', file({ x: null }), 'array “x”: its description is not an object'],
    [
      'a type that is not known',
      file({ x: { ...f32([1], 0, 8), dtype: 'F64' } }, 8),
      'expected dtype F32 or I32, got "F64"',
    ],
    ['a shape that is a number', file({ x: f32(1, 0, 4) }, 4), 'its shape is not a list of sizes'],
    ['a negative size', file({ x: f32([-1], 0, 4) }, 4), 'its shape is not a list of sizes'],
    ['a fractional size', file({ x: f32([0.5, 2], 0, 4) }, 4), 'its shape is not a list of sizes'],
    ['one offset', file({ x: { dtype: 'F32', shape: [1], data_offsets: [0] } }, 4), 'not two positions'],
    ['a fractional offset', file({ x: f32([1], 0.5, 4.5) }, 8), 'not two positions'],
    ['offsets the wrong way round', file({ x: f32([1], 4, 0) }, 4), 'lie outside'],
    ['offsets beyond the data', file({ x: f32([2], 0, 8) }, 4), 'bytes 0 to 8 lie outside the 4 bytes of data'],
    ['a shape of another size', file({ x: f32([2], 0, 4) }, 4), 'shape [2] takes 8 bytes, it has 4'],
    ['a shape beyond all numbers', file({ x: f32([2 ** 40, 2 ** 40], 0, 0) }), 'takes Infinity bytes'],
    ['arrays that overlap', file({ x: f32([2], 0, 8), y: f32([1], 4, 8) }, 8), 'array “y” overlaps'],
    [
      'a gap between arrays',
      file({ x: f32([1], 0, 4), y: f32([1], 8, 12) }, 12),
      'bytes 4 to 8 of the data belong to no array',
    ],
    ['bytes left over', file({ x: f32([1], 0, 4) }, 8), 'its arrays take 4 bytes, but it has 8'],
    ['metadata that is not text', file({ __metadata__: { a: 1 } }), 'metadata is not a record of strings'],
  ]
  test.each(cases)('%s', (_, bytes, message) => {
    const text = refusal(bytes)
    expect(text).toContain('model.safetensors: ')
    expect(text).toContain(message)
  })

  test('a file cut off anywhere', () => {
    const whole = encodeSafetensors({
      x: { shape: [2], values: Float32Array.of(1, 2) },
      y: { shape: [], values: Int32Array.of(3) },
    })
    for (let length = 0; length < whole.length; length++) refusal(whole.slice(0, length))
  })
})
