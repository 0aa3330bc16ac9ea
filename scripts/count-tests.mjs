/**
 * Prints `N passed, N failed` for a report of vitest and the exit codes of the check and of vitest:
 * `node scripts/count-tests.mjs REPORT CHECK TESTS`. Ends with 1 where anything failed.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {{ status: string, fullName: string }} TestResult
 * @typedef {{ testResults: { name: string, status: string, message?: string, assertionResults: TestResult[] }[] }} Report
 */

/**
 * A file that could not be loaded has no tests, and counts as one failure; so does a run that failed outside of its
 * tests, or had none.
 * @param {Report | null} report null: vitest wrote none, or not to its end
 * @param {{ checkFailed: boolean, testsFailed: boolean }} codes
 */
export function countTests(report, { checkFailed, testsFailed }) {
  const files = report?.testResults ?? []
  const results = files.flatMap(({ assertionResults }) => assertionResults)
  const count = (/** @type {string} */ status) => results.filter((result) => result.status === status).length
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length
  const failed = count('failed') + broken
  const unexplained = failed === 0 && (testsFailed || results.length === 0) ? 1 : 0
  return {
    passed: count('passed') + (checkFailed ? 0 : 1),
    failed: failed + unexplained + (checkFailed ? 1 : 0),
  }
}

/** @param {string} path @returns {Report | null} */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    console.error(`The report of the tests cannot be read: ${error}`)
    return null
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [path = '', check, tests] = process.argv.slice(2)
  const { passed, failed } = countTests(readReport(path), { checkFailed: check !== '0', testsFailed: tests !== '0' })
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
