import { survives, type Trial } from './mutant.ts'

/** How many were found, and each that survived: file and line, the change, and the test files that were run. */
export function reportOf(title: string, trials: readonly Trial[]): string {
  const alive = trials.filter(survives)
  const late = trials.filter(({ outcome }) => outcome === 'timeout').length
  const found = trials.length - alive.length
  const share = trials.length === 0 ? '' : ` (${((100 * found) / trials.length).toFixed(1)} %)`
  const slow = late === 0 ? '' : `, ${late} of them as the tests did not end`
  return [`${title}: ${found} of ${trials.length} mutants found${share}${slow}`, ...alive.map(survivorText), ''].join(
    '\n',
  )
}

/** Files whose mutants could not be tried. */
export function failuresText(failures: Readonly<Record<string, string>>): string {
  return Object.entries(failures)
    .map(([file, reason]) => `\n${file} could not be tried: ${reason}\n`)
    .join('')
}

function survivorText({ file, line, mutator, original, replacement, outcome, tests }: Trial): string {
  const ran = outcome === 'not reached' ? 'no test runs it' : tests.join(', ')
  return `\n${file}:${line} (${mutator})\n  - ${oneLine(original)}\n  + ${oneLine(replacement)}\n  tests: ${ran}`
}

/** A long text by its beginning and end. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length <= 160 ? line : `${line.slice(0, 100)} … ${line.slice(-50)}`
}
