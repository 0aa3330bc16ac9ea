import { plural } from '../../src/shared/format/numbers.ts'
import { isFound, type Trial } from './mutant.ts'

/**
 * How many were found, and each that survived: file and line, the change, and the test files that were run. Mutants of files that
 * no test loads are counted by themselves: of these nothing was tried.
 */
export function reportOf(title: string, trials: readonly Trial[]): string {
  const tried = trials.filter(({ outcome }) => outcome !== 'not loaded')
  const alive = tried.filter((trial) => !isFound(trial))
  const late = tried.filter(({ outcome }) => outcome === 'timeout').length
  const found = tried.length - alive.length
  const share = tried.length === 0 ? '' : ` (${((100 * found) / tried.length).toFixed(1)} %)`
  const slow = late === 0 ? '' : `, ${late} of them as the tests did not end`
  const counts = `${title}: ${found} of ${tried.length} mutants found${share}${slow}`
  return [counts, ...alive.map(survivorText), ...notLoadedText(trials), ''].join('\n')
}

function notLoadedText(trials: readonly Trial[]): string[] {
  const files = Map.groupBy(
    trials.filter(({ outcome }) => outcome === 'not loaded'),
    ({ file }) => file,
  )
  const lines = [...files].map(([file, { length }]) => `  ${file}: ${plural(length, 'mutant')}`)
  return lines.length === 0 ? [] : ['\nNo test loads:', ...lines]
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
