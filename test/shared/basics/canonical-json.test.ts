import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../src/shared/basics/canonical-json.ts'

describe('canonical JSON', () => {
  it('sorts keys at every depth and writes no white space', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'ü' }], a: true })).toBe('{"a":true,"b":[1,{"c":"ü","d":null}]}')
  })

  it('gives equal values equal bytes, whatever order their keys were set in', () => {
    expect(canonicalJson({ x: 1, y: { p: 2, q: 3 } })).toBe(canonicalJson({ y: { q: 3, p: 2 }, x: 1 }))
  })

  it('leaves out what is undefined and keeps what is null', () => {
    expect(canonicalJson({ a: undefined, b: null })).toBe('{"b":null}')
  })

  it('spells numbers as JSON does', () => {
    expect(canonicalJson([0.1, 1e21, 1e-8, -0, 5.0])).toBe('[0.1,1e+21,1e-8,0,5]')
  })

  it.each([NaN, Infinity, new Map(), () => 1, 1n, [undefined]])('refuses what JSON cannot hold: %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(/canonical JSON: cannot hold/)
  })
})
