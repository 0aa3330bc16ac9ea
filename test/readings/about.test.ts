import { expect, test } from 'vitest'
import { aboutOf, aboutSentences, withAbout } from '../../src/readings/about.ts'

const about = { readSamples: { readOn: 'test' } } as const

test('nothing is said of an answer that is empty or nothing, and nothing fails', () => {
  for (const answer of [[], null, undefined, 5, [null]]) {
    expect(withAbout(answer, about)).toEqual(answer)
    expect(aboutOf(answer)).toEqual({})
    expect(aboutSentences(answer)).toEqual([])
  }
})

test('an answer that is no mapping stays what it is', () => {
  for (const answer of [new Map([['a', 1]]), Float32Array.of(1, 2), new Date(0)])
    expect(withAbout(answer, about)).toBe(answer)
  expect(withAbout([{ a: 1 }, { a: 2 }], about)).toEqual([{ a: 1, ...about }, { a: 2 }])
})
