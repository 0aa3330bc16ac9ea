import { expect, test } from 'vitest'
import { openDisplay, type DisplayOptions } from '../../../../src/main/cli/progress/display.ts'
import type { LogLine } from '../../../../src/shared/runs/runs.ts'
import { fakeContext } from '../support.ts'

/** Shows work of one line; a log or a pipe has a line of each event. */
function shown({ isTerminal = false, ...options }: Partial<DisplayOptions> & { isTerminal?: boolean } = {}) {
  const { context, written } = fakeContext({ isTerminal, columns: 20 })
  const progress = { line: 'a line that is longer than 20 columns' }
  const work = { take: () => ['an event'], lines: () => [progress.line] }
  const display = openDisplay(context, work, { on: 'stdout', quiet: false, started: 0, ...options })
  const log = (level: LogLine['level'], message: string) =>
    display.take({ type: 'log', cursor: '', line: { id: 1, at: 0, level, run: null, phase: null, message } })
  return { display, written, progress, log }
}

test('--quiet shows warnings, such as one of digits that may differ, and nothing else', () => {
  const { display, written, log } = shown({ quiet: true })
  log('info', 'Phase “joint” begins.')
  log('warning', 'The phase resumes with a different environment.')
  display.take({ type: 'imports', cursor: '' })
  expect(written).toEqual({ stdout: '', stderr: 'exitlab: The phase resumes with a different environment.\n' })
})

test('a pipe gets the lines of events, warnings, and what is said', () => {
  const { display, written, log } = shown()
  log('info', 'Phase “joint” begins.')
  log('warning', 'escape\u001bsequence')
  display.take({ type: 'imports', cursor: '' })
  display.say('Pausing.')
  display.close()
  expect(written).toEqual({ stdout: 'warning: escape\\u001bsequence\nan event\nPausing.\n', stderr: '' })
})

test('a terminal shows warnings above the progress, which is never wider and stays at the end', () => {
  const { display, written, progress, log } = shown({ isTerminal: true })
  display.say('Pausing.')
  log('warning', 'low memory')
  expect(written.stdout).toContain('a line that is long…\n\nPausing.')
  expect(written.stdout).toContain('warning: low memory')
  expect(written.stdout).not.toContain('longer')
  progress.line = 'all done'
  display.close()
  expect(written.stdout).toMatch(/all done.*\u001b\[\?25h$/s)
})
