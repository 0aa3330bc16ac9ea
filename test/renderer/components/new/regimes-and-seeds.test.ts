import { expect, test } from 'vitest'
import { regimes, withPhases } from '../../../../src/engine/regimes/index.ts'
import { sharingFirstPhase, wordsOfPhases } from '../../../../src/renderer/components/new/regimes-and-seeds.ts'

test('the phases of every regime are said in a few words', () => {
  const words = regimes.names().map((name) => [name, wordsOfPhases(withPhases(name).phases)])
  expect(Object.fromEntries(words)).toEqual({
    disjoint: 'backbone, then heads',
    joint: 'all parameters',
    mixed: 'backbone, then all parameters',
    'branch-wise': 'segment for each exit',
    separate: 'all parameters for each exit',
    alternating: 'final and all in turn',
    'mixed-gradual': 'backbone, then all parameters for each early exit',
    backbone: 'backbone',
  })
  expect(wordsOfPhases([{ trains: ['heads.0', 'classifier'] }, { name: 'thaw', trains: 'all' }])).toBe(
    'parts, then thaw',
  )
})

test('regimes share their first phase where it is the same, of a file’s own too', () => {
  const own = (name: string, epochs?: number) => ({
    name,
    phases: [{ name: 'begin', trains: 'backbone' as const, ...(epochs && { training: { epochs } }) }],
  })
  const built = ['disjoint', 'joint', 'mixed'].map(withPhases)
  expect(sharingFirstPhase(built)).toEqual(['disjoint', 'mixed'])
  expect(sharingFirstPhase([...built, own('mine'), own('shorter', 2)])).toEqual(['disjoint', 'mixed', 'mine'])
  expect(sharingFirstPhase([withPhases('mixed'), { name: 'empty', phases: [] }])).toEqual([])
})
