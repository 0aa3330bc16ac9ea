import { regimeStyles } from '../../../figures/regimes.ts'
import { backboneFirst, type PaperRegime } from '../../../shared/regime-names.ts'

/** Regimes to choose from, in the order in which they are always listed: the paper's, the baseline, those of extensions, and the file's own. */
export function offeredRegimes(chosen: readonly string[], known: readonly string[] = []): string[] {
  return [...new Set([...Object.keys(regimeStyles), 'backbone', ...known, ...chosen])]
}

/** Description of the phases of one of Exitlab's regimes; `exits` includes the final classifier. */
export const wordsOfRegime = (regime: string, exits: number | null): string =>
  regime in regimeWords ? regimeWords[regime as keyof typeof regimeWords](exits) : ''

const regimeWords: Record<PaperRegime | 'backbone', (exits: number | null) => string> = {
  backbone: () => 'the network without exits',
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
export function sharingFirstPhase(chosen: readonly string[]): string[] {
  const sharing = backboneFirst.filter((regime) => chosen.includes(regime))
  return sharing.length > 1 ? sharing : []
}

/** Seeds to choose from: the chosen ones and at least two more, five in all. */
export function offeredSeeds(chosen: readonly number[]): number[] {
  const known = new Set(chosen)
  for (let seed = 1; known.size < chosen.length + 2 || known.size < 5; seed++) known.add(seed)
  return [...known].sort((a, b) => a - b)
}

/** Names of the regimes that a file lists, its own among them; empty if it has no list of them. */
export function regimesOf(written: unknown): string[] {
  if (!Array.isArray(written)) return []
  const nameOf = (each: unknown) => (typeof each === 'object' && each !== null && 'name' in each ? each.name : each)
  return written.map(nameOf).filter((each) => typeof each === 'string')
}

/** The seeds that a file lists; 1 where it lists none. */
export function seedsOf(written: unknown): number[] {
  if (written === undefined) return [1]
  return Array.isArray(written) ? written.filter((each) => typeof each === 'number') : []
}
