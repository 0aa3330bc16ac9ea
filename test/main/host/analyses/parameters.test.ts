import { expect, test } from 'vitest'
import { resolveParameters } from '../../../../src/main/host/analyses/parameters.ts'
import { ExitlabError } from '../../../../src/shared/basics/error.ts'

function refused(...given: Parameters<typeof resolveParameters>): ExitlabError {
  try {
    resolveParameters(...given)
  } catch (error) {
    if (error instanceof ExitlabError) return error
    throw error
  }
  throw new Error('expected a refusal')
}

test('what is not given has its default', () => {
  expect(resolveParameters('gradient-dominance', {})).toEqual({ batches: 8, epoch: null })
  expect(resolveParameters('gradient-dominance', { epoch: 3 })).toEqual({ batches: 8, epoch: 3 })
})

test('an unknown parameter is named with the nearest right word', () => {
  const { code, message, fields } = refused('loss-landscape', { pionts: 5 })
  expect([code, fields.problems]).toEqual([
    'usage',
    [{ path: ['parameters', 'pionts'], message: expect.stringContaining('did you mean "points"?') as string }],
  ])
  expect(message).toBe(
    'Parameters of loss landscape:\npionts: unknown parameter; did you mean "points"? expected one of points, reach, ' +
      'oneDimensional, parts, draws, images, split, seed, precision',
  )
})

test('every value that does not fit is reported with expected and actual value', () => {
  const { problems } = refused('loss-landscape', { points: 24, reach: 'far', split: 'tset', images: 0 }).fields
  expect(problems!.map(({ path, message }) => [path.at(-1), message])).toEqual([
    ['points', 'must be odd, so that the trained weights are a point of the grid; got 24'],
    ['reach', 'expected a number from 0.001 up to 10; got "far"'],
    ['images', 'expected a whole number from 10 up to 50000; got 0'],
    ['split', 'expected one of train, test; got "tset"; did you mean "test"?'],
  ])
})

test('no block of features is so wide that its eigenvalues take longer than the time limit of a trainer', () => {
  expect(resolveParameters('numerical-rank', { features: 4096 })).toMatchObject({ features: 4096 })
  expect(refused('numerical-rank', { features: 4097 }).message).toBe(
    'Parameters of numerical rank:\nfeatures: expected a whole number from 2 up to 4096; got 4097',
  )
})
