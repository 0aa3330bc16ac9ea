import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { unexpectedWords } from '../../../src/shared/basics/error.ts'
import { problemsInWords, problemsOf } from '../../../src/shared/text/issue-words.ts'

const said = (schema: z.ZodType, value: unknown) => problemsInWords(schema.safeParse(value).error!, 'the whole')

describe('what a schema says of a value', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.string(), 5, 'expected text; got 5'],
    [z.number(), 'x', 'expected a number; got "x"'],
    [z.number(), undefined, 'missing; expected a number'],
    [z.number(), Number.NaN, 'expected a number; got NaN'],
    [z.int(), 1.5, 'expected a whole number; got 1.5'],
    [z.boolean(), null, 'expected true or false; got nothing'],
    [z.array(z.string()), {}, 'expected a list; got a mapping'],
    [z.object({}), [], 'expected a mapping; got an empty list'],
    [z.record(z.string(), z.int()), 3, 'expected a mapping; got 3'],
    [z.number().min(0), -1, 'expected a number from 0; got -1'],
    [z.number().positive(), 0, 'expected a number above 0; got 0'],
    [z.number().max(3), 4, 'expected a number up to 3; got 4'],
    [z.number().lt(3), 3, 'expected a number below 3; got 3'],
    [z.int(), 2 ** 60, 'expected a number up to 9007199254740991; got 1152921504606847000'],
    [z.number().multipleOf(5), 7, 'expected a multiple of 5; got 7'],
    [z.string().min(1), '', 'expected text that is not empty; got ""'],
    [z.string().min(3), 'ab', 'expected text of at least 3 characters; got "ab"'],
    [z.string().max(1), 'ab', 'expected text of at most 1 character; got "ab"'],
    [z.string().max(60), 'a'.repeat(61), 'expected text of at most 60 characters; got 61 characters'],
    [z.array(z.int()).min(1), [], 'expected a list that is not empty; got an empty list'],
    [z.array(z.int()).length(2), [1], 'expected a list of 2 items; got 1 items'],
    [z.string().regex(/^[a-z]+$/), 'A', 'expected text of the form /^[a-z]+$/; got "A"'],
    [z.enum(['macs', 'flops']), 'flop', 'expected one of macs, flops; got "flop"; did you mean "flops"?'],
    [z.literal('all'), 'none', 'expected all; got "none"'],
    [z.strictObject({}), { a: 1, b: 2 }, 'unknown keys a, b'],
    [z.union([z.number(), z.array(z.number()).min(1)]), 'x', 'expected a number, or a list; got "x"'],
    [
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
      { kind: 'c' },
      'kind: expected one of a, b; got "c"',
    ],
    [z.custom((value) => value === 1), 2, 'expected another value; got 2'],
    [z.number({ error: 'expected one threshold' }), 'x', 'expected one threshold'],
  ])('%#: is expected and found, in words', (schema, value, words) => {
    expect(said(schema, value).replace('the whole: ', '')).toBe(words)
  })

  it('has its place, of a union in the kind that was meant', () => {
    const schema = z.object({ rows: z.array(z.union([z.string(), z.object({ n: z.int().min(1) })])), more: z.int() })
    expect(said(schema, { rows: ['a', { n: 0 }] })).toBe(
      'rows[1].n: expected a number from 1; got 0; more: missing; expected a number',
    )
    expect(problemsOf(schema.safeParse({ rows: ['a', { n: 0 }], more: 1 }).error!)).toEqual([
      { path: ['rows', 1, 'n'], message: 'expected a number from 1; got 0' },
    ])
  })

  it('is what an error says that nobody expected, in place of JSON', () => {
    expect(unexpectedWords(z.object({ a: z.int() }).safeParse({ a: 'x' }).error)).toBe(
      'Unexpected error: a: expected a number; got "x"',
    )
    let thrown: unknown
    try {
      z.int().parse('x')
    } catch (error) {
      thrown = error
    }
    expect(unexpectedWords(thrown)).toBe('Unexpected error: the whole: expected a number; got "x"')
  })
})
