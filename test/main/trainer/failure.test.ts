import { expect, it } from 'vitest'
import { failureOf } from '../../../src/main/trainer/failure.ts'
import { errorOf, ExitlabError, logOf } from '../../../src/shared/basics/error.ts'

it('an expected error keeps its code', () => {
  const failure = failureOf(new ExitlabError('data', 'no images'))
  expect(failure).toEqual({ type: 'failed', code: 'data', message: 'no images' })
})

it('a refusal of the file system is a disk error', () => {
  const refused = Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' })
  expect(failureOf(refused)).toMatchObject({ code: 'disk', message: refused.message })
})

it('an array that does not fit in memory is reported as such', () => {
  const refused = new RangeError('Array buffer allocation failed')
  expect(failureOf(refused)).toEqual({
    type: 'failed',
    code: 'memory',
    message: expect.stringContaining('Memory ran out'),
  })
})

it('what nobody foresaw has one line for people, and its stack for the log', () => {
  const failure = failureOf(new TypeError('oops'))
  expect(failure).toMatchObject({
    code: 'internal',
    message: 'Unexpected error: oops',
    stack: expect.stringMatching(/oops[^]*failure\.test/),
  })
  expect(logOf(failure)).toMatch(/^Unexpected error: oops\n[^]*failure\.test/)
  expect(errorOf(failure).cause).toMatchObject({ message: 'Unexpected error: oops', stack: failure.stack })
  expect(failureOf('thrown')).toEqual({ type: 'failed', code: 'internal', message: 'Unexpected error: thrown' })
})
