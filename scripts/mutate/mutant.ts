import { createHash } from 'node:crypto'

/** One change of the sources, as Stryker makes it. */
export interface Mutant {
  /** From the root, with `/`. */
  file: string
  /** From 1. */
  line: number
  /** Place in the file as Stryker's `mutate` takes it: `line:column-line:column`, lines from 1, columns from 0. */
  range: string
  /** Stryker's name of the kind of change, such as `EqualityOperator`. */
  mutator: string
  original: string
  replacement: string
}

/** What the tests made of a mutant. */
export interface Trial extends Mutant {
  outcome: Outcome
  /** Test files that were run with it: those with a test that reaches it. */
  tests: string[]
}

/**
 * `found`: a test failed · `timeout`: found, as the tests did not end · `survived`: all passed · `not reached`: no test runs the
 * line · `not loaded`: no test loads the file in its own process, so that nothing could be tried.
 */
export type Outcome = 'found' | 'timeout' | 'survived' | 'not reached' | 'not loaded'

export const isFound = ({ outcome }: Trial) => outcome === 'found' || outcome === 'timeout'

/** A name for each mutant that changes elsewhere in its file leave as it is: what it changes to what, and which of several alike. */
export function namesOf(mutants: readonly Mutant[]): string[] {
  const seen = new Map<string, number>()
  return mutants.map(({ file, mutator, original, replacement }) => {
    const text = [file, mutator, original, replacement].join('\0')
    const before = seen.get(text) ?? 0
    seen.set(text, before + 1)
    return createHash('sha256').update(`${text}\0${before}`).digest('hex').slice(0, 16)
  })
}
