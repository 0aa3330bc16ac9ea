import { regimeStyles } from '../../../figures/regimes.ts'
import type { WrittenPhase, WrittenRegime } from '../../../shared/phases/written-phase.ts'

/** Regimes to choose from, in the order in which they are always listed: the paper's, the baseline, those of extensions, and the file's own. */
export function offeredRegimes(chosen: readonly string[], known: readonly string[] = []): string[] {
  return [...new Set([...Object.keys(regimeStyles), 'backbone', ...known, ...chosen])]
}

/** The phases of a regime in a few words: `backbone, then all parameters for each early exit`. */
export const wordsOfPhases = (phases: readonly WrittenPhase[]): string => phases.map(wordsOfPhase).join(', then ')

function wordsOfPhase({ name, trains, forEach }: WrittenPhase): string {
  const parts = typeof trains === 'string' ? trains.replace('all', 'all parameters') : 'parts'
  const what = name ?? parts
  return forEach === undefined ? what : `${what} for each ${forEach === 'exit' ? 'exit' : 'early exit'}`
}

/** Regimes that share their first phase with another one, whatever it is called. */
export function sharingFirstPhase(regimes: readonly WrittenRegime[]): string[] {
  const withFirst = regimes.filter(({ phases }) => phases.length > 0)
  const same = Map.groupBy(withFirst, ({ phases }) => JSON.stringify({ ...phases[0], name: undefined }))
  return [...same.values()].flatMap((sharing) => (sharing.length > 1 ? sharing.map(({ name }) => name) : []))
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
