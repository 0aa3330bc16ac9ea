import { expect, test } from 'vitest'
import type { Context } from '../../src/main/cli/context.ts'
import { silentDisplay } from '../../src/main/cli/progress/display.ts'
import { trackRuns } from '../../src/main/cli/progress/tracker.ts'
import type { LogLine } from '../../src/shared/runs.ts'

test('--quiet shows warnings, such as one of digits that may differ, and nothing else of the log', () => {
  const written: string[] = []
  const stderr = { write: (text: string) => void written.push(text), isTerminal: false, columns: 80, rows: 24 }
  const display = silentDisplay(
    { stderr } as unknown as Context,
    trackRuns([], () => 0),
  )
  const say = (level: LogLine['level'], message: string) =>
    display.take({ type: 'log', cursor: '', line: { id: 1, at: 0, level, run: null, phase: null, message } })
  say('info', 'Phase “joint” begins.')
  say('warning', 'The phase resumes with a different environment.')
  expect(written).toEqual(['exitlab: The phase resumes with a different environment.\n'])
})
