import { expect, it } from 'vitest'
import { sameForAll } from '../../../../../src/engine/networks/onnx/reading/any-samples.ts'
import { ExitlabError } from '../../../../../src/shared/basics/error.ts'

const ofSamples = (rows: number[][]) => ({ shape: [rows.length, 2], type: 'float32' as const, known: rows.flat() })
const refuse = (what: string) => new ExitlabError('data', what)

it('numbers that each sample has are those of one sample, −0 and infinities included', () => {
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

it('numbers that count through the samples are those of the first, and their step', () => {
  const rows = [[0, 1], [2, 3], [4, 5]] // prettier-ignore
  expect(sameForAll(ofSamples(rows.slice(0, 2)), ofSamples(rows), refuse)).toEqual({
    ...{ shape: [1, 2], data: [0, 1], step: 2 },
  })
  const others = [[0, 1], [2, 4], [4, 5]] // prettier-ignore
  expect(() => sameForAll(ofSamples(others.slice(0, 2)), ofSamples(others), refuse)).toThrow('depends on the number')
})
