import { describe, expect, it } from 'vitest'
import { createStyle } from '../../../src/main/cli/output/style.ts'
import { liveLines } from '../../../src/main/cli/progress/live.ts'
import { trackRuns } from '../../../src/main/cli/progress/tracker.ts'
import { scores, epochEvent, fakeRun, progressEvent } from './support.ts'

const [backbone, heads] = fakeRun().phases
const runs = [
  fakeRun({ id: 'a', status: 'done', scores, regime: 'mixed-gradual' }),
  fakeRun({ id: 'b', status: 'running', position: 2, phases: [{ ...backbone!, status: 'running' }, heads!] }),
  fakeRun({ id: 'c', regime: 'joint', position: 3 }),
]

function display(columns: number, { rows = 24, subjects = runs } = {}): string[] {
  const tracker = trackRuns(subjects)
  tracker.apply(epochEvent('b', 'p1', { epoch: 1, exits: [0.81] }))
  tracker.apply(progressEvent('b', 'p1'))
  return [...liveLines(tracker, { columns, rows, style: createStyle(false), elapsedSeconds: 75 })]
}

describe('the live display', () => {
  it('says for which run a shared phase is trained', () => {
    const shared = { ...backbone!, status: 'running' as const, trainedFor: { id: 'z', name: 'other-mixed-s1' } }
    const lines = display(100, { subjects: [fakeRun({ id: 'b', status: 'paused', phases: [shared, heads!] })] })
    expect(lines).toContain('  ‖ paused   disjoint, seed 1  backbone trained for other-mixed-s1')
  })

  it('shows each run, where its phase is, and the latest accuracies', () => {
    expect(display(100)).toEqual([
      'small   1 of 3 runs done · 1 min 15 s elapsed · at most 13 s left',
      '  ✓ done     mixed-gradual, seed 1  test 89.15 %',
      '  ▸ running  disjoint, seed 1       1/2 backbone  epoch 2/4  ━━━━────  5,120 samples/s  at most 5 s',
      '  · queued   joint, seed 1',
      '',
      '  validation accuracy (%)  final',
      '  disjoint, seed 1         81.00',
    ])
  })

  it.each([
    [80, '1/2 backbone  epoch 2/4  at most 5 s'],
    [60, '1/2 backbone  epoch 2/4'],
  ])('says less in %i columns', (columns, detail) => {
    expect(display(columns)[2]).toBe(`  ▸ running  disjoint, seed 1       ${detail}`)
  })

  it('leaves out the deeper exits that have no room, but not the final one', () => {
    const tracker = trackRuns(runs)
    tracker.apply(epochEvent('b', 'p1', { epoch: 1, exits: Array.from({ length: 12 }, () => 0.81) }))
    const lines = liveLines(tracker, { columns: 80, rows: 24, style: createStyle(false), elapsedSeconds: 75 })
    expect(lines.slice(-2)).toEqual([
      '  validation accuracy (%)  exit 0  exit 1  exit 2  exit 3  exit 4  exit 5  final',
      '  disjoint, seed 1          81.00   81.00   81.00   81.00   81.00   81.00  81.00',
    ])
  })

  it('keeps to the height of the terminal, running runs first', () => {
    const many = Array.from({ length: 50 }, (_, index) => fakeRun({ id: `w${index}`, seed: index, position: index }))
    const lines = display(100, { rows: 15, subjects: [...many, runs[1]!] })
    expect(lines.length).toBeLessThanOrEqual(15)
    expect(lines.join('\n')).toContain('▸ running')
    expect(lines.join('\n')).toMatch(/and \d+ more runs/)
  })
})
