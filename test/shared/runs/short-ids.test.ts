import { describe, expect, it } from 'vitest'
import { distinctLabels, shortIds } from '../../../src/shared/runs/short-ids.ts'

describe('short ids', () => {
  it('are as long as tells them apart, and no shorter than six', () => {
    const ids = ['abcdef0123', 'abcdef0199', 'ffffffffff']
    expect([...shortIds(ids).entries()]).toEqual([
      ['abcdef0123', 'abcdef012'],
      ['abcdef0199', 'abcdef019'],
      ['ffffffffff', 'ffffff'],
    ])
  })
})

describe('distinct labels', () => {
  it('are names, followed by as much of the id as tells namesakes apart', () => {
    const names = { abcdef0123: 'mixed', abcdef0199: 'mixed', ffffffffff: 'joint' }
    expect(Object.fromEntries(distinctLabels(new Map(Object.entries(names))))).toEqual({
      abcdef0123: 'mixed (abcdef012)',
      abcdef0199: 'mixed (abcdef019)',
      ffffffffff: 'joint',
    })
  })
})
