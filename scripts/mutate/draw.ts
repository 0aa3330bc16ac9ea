import { createHash } from 'node:crypto'
import { namesOf, type Mutant } from './mutant.ts'

export interface Drawn {
  name: string
  mutant: Mutant
}

/**
 * `count` mutants at random, each with the same probability. Depends on the seed and on names only: after a change of the
 * sources the same seed draws the same mutants, as far as they are still there.
 */
export function draw(mutants: readonly Mutant[], { seed, count }: { seed: number; count: number }): Drawn[] {
  const rank = (name: string) => createHash('sha256').update(`${seed} ${name}`).digest('hex')
  const named = namesOf(mutants).map((name, index) => ({ name, mutant: mutants[index]!, rank: rank(name) }))
  const ordered = named.sort((a, b) => (a.rank < b.rank ? -1 : 1))
  return ordered.slice(0, count).map(({ name, mutant }) => ({ name, mutant }))
}
