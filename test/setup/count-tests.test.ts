import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { countTests } from '../../scripts/count-tests.mjs'

const file = (name: string, statuses: string[]) => ({
  name,
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status, fullName: name })),
})
const green = { checkFailed: false, testsFailed: false }

describe('the last line of the checks', () => {
  it('counts the tests, and the check as one of them', () => {
    const report = { testResults: [file('a', ['passed', 'passed', 'skipped']), file('b', ['passed'])] }
    expect(countTests(report, green)).toEqual({ passed: 4, failed: 0 })
    expect(countTests(report, { ...green, checkFailed: true })).toEqual({ passed: 3, failed: 1 })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const report = { testResults: [file('a', ['passed', 'failed']), { ...file('b', []), status: 'failed' }] }
    expect(countTests(report, { checkFailed: false, testsFailed: true })).toEqual({ passed: 2, failed: 2 })
  })

  it('fails when the tests ended with an error but without a failed test', () => {
    const failing = { checkFailed: false, testsFailed: true }
    expect(countTests({ testResults: [file('a', ['passed'])] }, failing)).toEqual({ passed: 2, failed: 1 })
    expect(countTests(null, failing)).toEqual({ passed: 1, failed: 1 })
  })

  it.each([
    ['is missing', null],
    ['is empty', ''],
    ['ends in the middle', '{"testResults": [{"na'],
  ])('is there also where the report %s', (_, report) => {
    const folder = mkdtempSync(join(tmpdir(), 'exitlab-count-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'report.json')
    if (report !== null) writeFileSync(file, report)
    const script = fileURLToPath(new URL('../../scripts/count-tests.mjs', import.meta.url))
    const { stdout, status } = spawnSync(process.execPath, [script, file, '0', '1'], { encoding: 'utf8' })
    expect([stdout, status]).toEqual(['1 passed, 1 failed\n', 1])
  })

  it('fails when no test was run', () => {
    expect(countTests({ testResults: [] }, green)).toEqual({ passed: 1, failed: 1 })
  })
})
