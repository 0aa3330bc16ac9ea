import { describe, expect, it } from 'vitest'
import { anySamples, sameForAll } from '../../../../../src/engine/networks/onnx/reading/any-samples.ts'
import { ExitlabError } from '../../../../../src/shared/basics/error.ts'

const refuse = (what: string) => new ExitlabError('data', what)

describe('of two samples and of three', () => {
  it('sizes that stay are as they are, and those that grow with the samples are so many for each', () => {
    expect(anySamples([2, 4, 6, 3], [3, 4, 9, 3], refuse)).toEqual([-1, 4, -3, 3])
    expect(anySamples([], [], refuse)).toEqual([])
  })

  it('sizes that grow otherwise, and axes that come and go, are refused', () => {
    for (const [a, b] of [
      [[2], [4]],
      [[3], [5]],
      [[4], [5]],
    ] as const)
      // prettier-ignore
      expect(() => anySamples(a, b, refuse)).toThrow('a size does not grow')
    expect(() => anySamples([2, 1], [3], refuse)).toThrow('the rank of its output')
  })
})

const ofSamples = (rows: number[][]) => ({ shape: [rows.length, 2], type: 'float32' as const, known: rows.flat() })

describe('known numbers', () => {
  const vector = (...known: number[]) => ({ shape: [known.length], type: 'float32' as const, known })

  it('that do not depend on the samples are as they are', () => {
    expect(sameForAll(vector(5, 7, 9), vector(5, 7, 9), refuse)).toEqual({ shape: [3], data: [5, 7, 9] })
    expect(sameForAll(vector(-0, NaN), vector(-0, NaN), refuse)).toEqual({ shape: [2], data: [-0, NaN] })
  })

  it('that each sample has are those of one sample, −0 and infinities included', () => {
    for (const row of [
      [1, 2],
      [-0, 0],
      [-Infinity, 3],
    ])
      // prettier-ignore
      expect(sameForAll(ofSamples([row, row]), ofSamples([row, row, row]), refuse)).toMatchObject({
        ...{ shape: [1, 2], data: row, step: 0 },
      })
  })

  it('that count through the samples are those of the first, and their step', () => {
    const rows = [[0, 1], [2, 3], [4, 5]] // prettier-ignore
    expect(sameForAll(ofSamples(rows.slice(0, 2)), ofSamples(rows), refuse)).toEqual({
      ...{ shape: [1, 2], data: [0, 1], step: 2 },
    })
  })

  it.each<[string, number[][], number[][]]>([
    [
      'in one of which a sample is another',
      [
        [0, 1],
        [2, 3],
      ],
      [
        [0, 1],
        [2, 4],
        [4, 5],
      ],
    ],
    [
      'in the other of which a sample is another',
      [
        [0, 1],
        [2, 4],
      ],
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    ],
    [
      'that begin otherwise',
      [
        [0, 1],
        [2, 3],
      ],
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
    [
      'of other steps',
      [
        [0, 1],
        [2, 3],
      ],
      [
        [0, 1],
        [3, 4],
        [6, 7],
      ],
    ],
    [
      'that are not of the samples',
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
      [
        [0, 1],
        [2, 3],
        [4, 5],
        [6, 7],
      ],
    ],
    [
      'of as many samples that differ',
      [
        [0, 1],
        [2, 3],
      ],
      [
        [0, 1],
        [2, 4],
      ],
    ],
  ])('%s are refused', (_, few, more) => {
    expect(() => sameForAll(ofSamples(few), ofSamples(more), refuse)).toThrow('depends on the number')
  })
})
