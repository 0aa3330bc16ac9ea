import { expect, it } from 'vitest'
import { logPieces, logText, matchingLines } from '../../../../../src/renderer/components/run/log/log-search.ts'
import type { LogLine } from '../../../../../src/shared/runs/runs.ts'

const line = (id: number, level: LogLine['level'], message: string): LogLine => ({
  id,
  at: Date.UTC(2026, 10, 25, 10, 0, id),
  level,
  message,
  run: 'a',
  phase: null,
})
const lines = [
  line(1, 'info', 'Phase “backbone” begins.'),
  line(2, 'warning', 'Validation takes long.'),
  line(3, 'error', 'The trainer ended: killed.'),
]

it('shows messages of the chosen severity and above', () => {
  expect(matchingLines(lines, 'warning', '').map(({ id }) => id)).toEqual([2, 3])
})

it('finds words in any case', () => {
  expect(matchingLines(lines, 'info', 'VALID').map(({ id }) => id)).toEqual([2])
})

it('splits a message at every match', () => {
  expect(logPieces('Epoch 3: epoch time', 'epoch')).toEqual([
    { text: 'Epoch', found: true },
    { text: ' 3: ', found: false },
    { text: 'epoch', found: true },
    { text: ' time', found: false },
  ])
})

it('is copied with times in UTC', () => {
  expect(logText(lines.slice(1))).toBe(
    '2026-11-25T10:00:02.000Z warning Validation takes long.\n2026-11-25T10:00:03.000Z error   The trainer ended: killed.\n',
  )
})
