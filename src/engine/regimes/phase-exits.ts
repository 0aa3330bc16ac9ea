import { settingRefused } from '../../shared/basics/error.ts'
import type { WrittenExits, WrittenPhase } from '../../shared/phases/written-phase.ts'
import type { Parts, PhasePlace } from './parts.ts'
import type { RegimeNetwork } from './regime.ts'

/** Exits in the loss of each step of the cycle, in depth order. */
export function cycleOf({ exits, cycle }: WrittenPhase, { groups, listed }: Parts, place: PhasePlace): number[][] {
  if (cycle !== undefined)
    return cycle.map((each, index) => exitsNamed(each, { ...place, path: [...place.path, 'cycle', index] }))
  if (exits !== undefined) return [exitsNamed(exits, { ...place, path: [...place.path, 'exits'] })]
  const all = range(0, place.network.exits.length)
  return [listed ? all.filter((exit) => reachesSome(place.network, exit, groups)) : all]
}

const reachesSome = ({ exits }: RegimeNetwork, exit: number, groups: readonly string[]) =>
  exits[exit]!.reaches.some((group) => groups.includes(group))

/** `path`: of the exits themselves. */
function exitsNamed(written: WrittenExits, { network, exit, path }: PhasePlace): number[] {
  const final = network.exits.length - 1
  if (written === 'all') return range(0, final + 1)
  if (written === 'final') return [final]
  if (written === 'this') return [exit!]
  if (written === 'up-to-this') return range(0, exit! + 1)
  if (written === 'from-this') return range(exit!, final + 1)
  const found = written.map((each, index) => {
    if (each === 'final' || each < final) return each === 'final' ? final : each
    const message = `the network has no early exit ${each}; expected ${final === 1 ? '0' : `0 to ${final - 1}`}, or final`
    throw settingRefused([...path, index], message)
  })
  return [...new Set(found)].sort((a, b) => a - b)
}

interface Trained {
  inLoss: readonly number[]
  trains: readonly string[]
  place: PhasePlace
}

/** Exits that early stopping monitors. */
export function stopsOn({ stopsOn: written }: WrittenPhase, { inLoss, trains, place }: Trained): number[] {
  if (written === undefined) return inLoss.filter((exit) => reachesSome(place.network, exit, trains))
  const path = [...place.path, 'stopsOn']
  const exits = exitsNamed(written, { ...place, path })
  const missing = exits.filter((exit) => !inLoss.includes(exit))
  if (missing.length > 0)
    throw settingRefused(
      path,
      `exit ${missing.join(', ')} is not in the loss of the phase, so that it is not evaluated`,
    )
  if (exits.some((exit) => reachesSome(place.network, exit, trains))) return exits
  const message =
    'none of these exits depends on a part that the phase trains: their metrics never change, so that the weights of the first epoch would be kept; add an exit that does, or leave stopsOn out'
  throw settingRefused(path, message)
}

/** Weights of the mean loss over some of a network's exits: 1/n for each of the n exits, 0 for the others. */
export function meanOver(exits: readonly number[], exitCount: number): number[] {
  return Array.from({ length: exitCount }, (_, exit) => (exits.includes(exit) ? 1 / exits.length : 0))
}

/** `[from, from + 1, …, to − 1]` */
function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}
