import { nearestWord } from '../../shared/text/nearest-word.ts'
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

/** Parts of a network as a phase writes them: a group, `blocks` or `heads` (with what they share) for all of them, `blocks.0-3` for some in a row. */
export function partsNamed(network: RegimeNetwork, written: string): string[] {
  if (written === 'heads') return headGroups(network)
  const names = network.groups.map(({ name }) => name)
  const range = /^(?<kind>.+)\.(?<first>\d+)-(?<last>\d+)$/.exec(written)?.groups
  if (range === undefined) return names.filter((name) => name === written || name.startsWith(`${written}.`))
  const [kind, first, last] = [`${range['kind']}.`, Number(range['first']), Number(range['last'])]
  const found = names.filter((name) => {
    const index = name.startsWith(kind) ? Number(name.slice(kind.length)) : -1
    return Number.isInteger(index) && index >= first && index <= last
  })
  return found.length === last - first + 1 ? found : []
}

/** Why a network has no such part, as a sentence without an end. */
export function noSuchPart(network: RegimeNetwork, written: string): string {
  const names = network.groups.map(({ name }) => name)
  const listed = [...new Set(names.map((name) => name.replace(/\.\d+$/, '')))].map((kind) => {
    const all = names.filter((name) => name.startsWith(`${kind}.`))
    return all.length === 0 ? kind : `${kind}.0 to ${all.at(-1)!}`
  })
  const nearest = nearestWord(written, names)
  return `the network has no part ${written}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}; expected ${listed.join(', ')}`
}

/** Parts that a phase names, in the network's order, and whether its author listed them. */
export interface Parts {
  groups: readonly string[]
  listed: boolean
}

/** What a phase is unfolded for: a network, its exit where the phase is repeated, and the keys that lead to it in its file. */
export interface PhasePlace {
  network: RegimeNetwork
  exit: number | null
  path: readonly (string | number)[]
}
