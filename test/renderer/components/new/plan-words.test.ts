import { expect, test } from 'vitest'
import { phaseWords, runCounts, sharingSentence } from '../../../../src/renderer/components/new/plan-words.ts'

test('phases are counted as trained and as spared by sharing', () => {
  expect(phaseWords({ phases: 1, phasesUnshared: 1, phasesDone: 0 })).toBe('distinct phase')
  expect(phaseWords({ phases: 4, phasesUnshared: 5, phasesDone: 2 })).toBe('distinct phases of 5, 2 trained')
})

test('sharing is mentioned only where there is some, with the time once that is known', () => {
  expect(sharingSentence({ phases: 4, phasesUnshared: 4 }, null)).toBeNull()
  expect(sharingSentence({ phases: 4, phasesUnshared: 5 }, null)).toMatch(/phases: 1 training saved\.$/)
  expect(sharingSentence({ phases: 4, phasesUnshared: 7 }, '2 h')).toMatch(/3 trainings saved, up to 2 h\.$/)
})

test('runs that the workspace has, in whatever state, are not new', () => {
  const row = { regime: 'joint', series: 'joint' } as const
  const matrix = { seeds: [1, 2, 3], rows: [{ ...row, statuses: [null, 'failed' as const, 'done' as const] }] }
  expect(runCounts({ matrix })).toEqual({ added: 1, existing: 2 })
})
