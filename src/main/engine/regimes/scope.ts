import type { RegimeNetwork } from './regime.ts'

/** Groups of the bare backbone, final classifier included: everything that is not an exit head. */
export function backboneGroups({ groups }: RegimeNetwork): string[] {
  return groups.flatMap(({ name, kind }) => (kind === 'head' ? [] : [name]))
}

/** Groups of the exit heads. */
export function headGroups({ groups }: RegimeNetwork): string[] {
  return groups.flatMap(({ name, kind }) => (kind === 'head' ? [name] : []))
}

/** Groups that a loss over these exits reaches: the backbone up to the deepest of them, and their heads. */
export function groupsReached({ groups, exits }: RegimeNetwork, of: readonly number[]): string[] {
  const reached = new Set(of.flatMap((exit) => exits[exit]!.reaches))
  return groups.flatMap(({ name }) => (reached.has(name) ? [name] : []))
}

/** Weights of the mean loss over some of a network's exits: 1/n for each of the n exits, 0 for the others. */
export function meanOver(exits: readonly number[], exitCount: number): number[] {
  return Array.from({ length: exitCount }, (_, exit) => (exits.includes(exit) ? 1 / exits.length : 0))
}

/** `[from, from + 1, …, to − 1]` */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}
