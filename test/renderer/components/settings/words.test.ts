import { expect, test } from 'vitest'
import {
  checkWords,
  findingsSummary,
  findingsText,
  overridden,
  threadShare,
  threadsWords,
} from '../../../../src/renderer/components/settings/settings-words.ts'
import type { Finding } from '../../../../src/contract/system.ts'

const findings: Finding[] = [
  { check: 'Node', status: 'ok', detail: 'v24.21.0', remedy: null, command: null },
  { check: 'TensorFlow', status: 'error', detail: 'cannot be opened', remedy: 'Run `npm run setup`.', command: null },
  { check: 'disk', status: 'warning', detail: '1 GB free', remedy: 'Free some.', command: null },
]

test('findings are copied as the command line prints them', () => {
  expect(findingsText(findings)).toBe(
    [
      '✓ Node        v24.21.0',
      '✗ TensorFlow  cannot be opened',
      '              → Run `npm run setup`.',
      '! disk        1 GB free',
      '              → Free some.',
      '',
    ].join('\n'),
  )
})

test('findings are summarised by those that are not fine', () => {
  expect(findingsSummary(findings)).toBe('3 checks: 1 wrong, 1 warning')
  expect(findingsSummary(findings.slice(0, 1))).toBe('1 check, all fine')
})

test('simultaneous runs share the threads, and more runs than threads cause a warning', () => {
  expect(threadShare(1, 8)).toBe('One at a time, with all 8 threads.')
  expect(threadShare(1, 1)).toBe('One at a time.')
  expect(threadShare(3, 8)).toBe('Each gets 2 of 8 threads.')
  expect(threadShare(4, 2)).toBe('Each gets 1 of 2 threads. More runs than threads: they slow each other down.')
  expect(threadShare(2, 1)).toBe('Each gets 1 of 1 thread. More runs than threads: they slow each other down.')
  expect(threadShare(2, null)).toBe('')
})

test('auto is as many runs at once as processors and memory allow', () => {
  expect(threadShare('auto', 8)).toBe('As many as processors and memory allow, which share the threads.')
  expect([threadsWords(null, 8, 'auto'), threadsWords(2, 8, 'auto'), threadsWords(null, 8, 3)]).toEqual([
    ...['by the number of runs', '2', '2'],
  ])
})

test('options of the host that differ from the settings are listed', () => {
  const settings = { parallel: 1, device: 'cpu' }
  expect(overridden('parallel', settings, { parallel: 1, device: 'cuda' })).toBeNull()
  expect(overridden('parallel', settings, { parallel: 2, device: 'cpu' })).toContain('started with --parallel 2')
  expect(overridden('device', settings, { parallel: 1, device: 'cuda:1' })).toContain('started with --device cuda:1')
})

test('a checked data set is described in numbers', () => {
  const counts = { train: 54_000, validation: 6_000, test: 10_000 }
  const found = { counts, classes: 10, shape: { height: 28, width: 28, channels: 1 }, fingerprint: '0123456789abcdef' }
  expect(checkWords(found)).toEqual({
    samples: '54,000 training, 6,000 validation and 10,000 test images',
    shape: '28 × 28 × 1, 10 classes',
    fingerprint: '0123456789ab',
  })
})
