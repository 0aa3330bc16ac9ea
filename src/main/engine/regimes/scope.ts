import type { RegimeNetwork } from './regime.ts'

/** Parts of the bare backbone, final classifier included: everything that is not an exit head. */
export function backboneParts(network: RegimeNetwork): string[] {
  return network.parts.filter((part) => !part.startsWith('heads.'))
}

/** Backbone parts that run on the way to an exit; for the final classifier, all of them. */
export function backboneUpTo(network: RegimeNetwork, exit: number): string[] {
  const parts = backboneParts(network)
  const block = network.exits[exit]!.block
  return block === null ? parts : parts.slice(0, parts.indexOf(`blocks.${block}`) + 1)
}

/** Parts that a loss over these exits reaches: the backbone up to the deepest of them, and their heads. */
export function partsReached(network: RegimeNetwork, exits: readonly number[]): string[] {
  const reached = new Set([...backboneUpTo(network, Math.max(...exits)), ...exits.map((exit) => `heads.${exit}`)])
  return network.parts.filter((part) => reached.has(part))
}

/** Weights of the mean loss over some of a network's exits: 1/n for each of the n exits, 0 for the others. */
export function meanOver(exits: readonly number[], exitCount: number): number[] {
  return Array.from({ length: exitCount }, (_, exit) => (exits.includes(exit) ? 1 / exits.length : 0))
}

/** `[from, from + 1, …, to − 1]` */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}
