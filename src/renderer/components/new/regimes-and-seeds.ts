import { regimeStyles } from '../../../figures/regimes.ts'
import { backboneFirst, type PaperRegime } from '../../../shared/regime-names.ts'

/** All regimes, in the order in which they are always listed. */
export const regimes = Object.keys(regimeStyles) as PaperRegime[]

/** Description of a regime's phases; `exits` includes the final classifier. */
export const regimeWords: Record<PaperRegime, (exits: number | null) => string> = {
  disjoint: () => 'backbone, then heads',
  joint: () => 'all parameters',
  mixed: () => 'backbone, then all parameters',
  'branch-wise': (exits) => `one exit after another${steps(exits)}`,
  separate: (exits) => `up to exit 1, 2, …${steps(exits)}`,
  alternating: () => 'final exit and all exits alternately',
  'mixed-gradual': (exits) => `backbone, then one more exit each${steps(exits)}`,
}

function steps(exits: number | null): string {
  return exits === null ? '' : `, ${exits} phases`
}

/** The chosen regimes that share their first phase; empty below two. */
export function sharingFirstPhase(chosen: readonly PaperRegime[]): PaperRegime[] {
  const sharing = backboneFirst.filter((regime) => chosen.includes(regime))
  return sharing.length > 1 ? sharing : []
}

/** Seeds to choose from: the chosen ones and at least two more, five in all. */
export function offeredSeeds(chosen: readonly number[]): number[] {
  const known = new Set(chosen)
  for (let seed = 1; known.size < chosen.length + 2 || known.size < 5; seed++) known.add(seed)
  return [...known].sort((a, b) => a - b)
}

/** The regimes that a file lists; empty if it has no list of them. */
export function regimesOf(written: unknown): string[] {
  return Array.isArray(written) ? written.filter((each) => typeof each === 'string') : []
}

/** The seeds that a file lists; 1 where it lists none. */
export function seedsOf(written: unknown): number[] {
  if (written === undefined) return [1]
  return Array.isArray(written) ? written.filter((each) => typeof each === 'number') : []
}
