import type { Mutant, Trial } from '../../scripts/mutate/mutant.ts'

/** A made-up mutant: `a < b` in a line of a file. */
export function mutant(changes: Partial<Mutant> = {}): Mutant {
  const line = changes.line ?? 1
  return {
    file: 'src/engine/one.ts',
    line,
    range: `${line}:0-${line}:5`,
    mutator: 'EqualityOperator',
    original: 'a < b',
    replacement: 'a <= b',
    ...changes,
  }
}

export function trial(changes: Partial<Trial> = {}): Trial {
  return { ...mutant(changes), outcome: 'found', tests: ['test/engine/one.test.ts'], ...changes }
}
