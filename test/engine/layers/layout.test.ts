import { describe, expect, test } from 'vitest'
import { diskShape, fromDiskLayout, toDiskLayout } from '../../../src/engine/layers/layout.ts'
import { zeros } from '../../../src/engine/layers/initialisers.ts'
import { parameter } from '../../../src/engine/layers/parameter.ts'
import { ExitlabError } from '../../../src/shared/basics/error.ts'

const convolution = parameter('stem.conv.weight', { shape: [2, 3, 4, 5], init: zeros, layout: 'convolution' })
const matrix = parameter('classifier.weight', { shape: [2, 3], init: zeros })
const numbered = (length: number) => Float32Array.from({ length }, (_, i) => i)

describe('layouts on disk', () => {
  test('convolutions are OIHW on disk and HWIO inside', () => {
    const values = numbered(120)
    const stored = toDiskLayout(convolution, values)
    expect(stored.shape).toEqual([5, 4, 2, 3])
    const [height, width, inputs, outputs] = convolution.shape as [number, number, number, number]
    for (let o = 0; o < outputs; o++) {
      for (let i = 0; i < inputs; i++) {
        for (let h = 0; h < height; h++) {
          for (let w = 0; w < width; w++) {
            const inside = ((h * width + w) * inputs + i) * outputs + o
            expect(stored.values[((o * inputs + i) * height + h) * width + w]).toBe(values[inside])
          }
        }
      }
    }
  })

  test('what goes to disk comes back', () => {
    const values = numbered(120)
    expect(fromDiskLayout(convolution, toDiskLayout(convolution, values))).toEqual(values)
  })

  test('every other array is stored as it is', () => {
    expect(diskShape(matrix)).toEqual([2, 3])
    expect(toDiskLayout(matrix, numbered(6))).toEqual({ shape: [2, 3], values: numbered(6) })
    expect(fromDiskLayout(matrix, { shape: [2, 3], values: numbered(6) })).toEqual(numbered(6))
  })

  test('an array of another shape is refused by name', () => {
    const wrong = () => fromDiskLayout(convolution, { shape: [2, 3, 4, 5], values: numbered(120) })
    expect(wrong).toThrow(ExitlabError)
    expect(wrong).toThrow('stem.conv.weight: expected shape [5, 4, 2, 3], got [2, 3, 4, 5]')
  })
})
