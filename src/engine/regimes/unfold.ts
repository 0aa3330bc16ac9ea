import { settingRefused } from '../../shared/basics/error.ts'
import type { PhaseSpec } from '../../shared/phases/phase.ts'
import { nameForFrom, type WrittenPhase, type WrittenRegime } from '../../shared/phases/written-phase.ts'
import { cycleOf, meanOver, stopsOn } from './phase-exits.ts'
import { nameOfPhase } from './phase-name.ts'
import {
  backboneGroups,
  groupsReached,
  headGroups,
  noSuchPart,
  type Parts,
  partsNamed,
  type PhasePlace,
} from './parts.ts'
import { withRates } from './learning-rates.ts'
import type { RegimeNetwork } from './regime.ts'

/** A phase of a regime for one network. */
export interface UnfoldedPhase {
  phase: PhaseSpec
  /** As it is written, for its own settings. */
  written: WrittenPhase
  /** Index of the phase whose weights it starts from; null: it starts as the first phase does. */
  from: number | null
}

/** Keys and indices that lead to a regime in an experiment file. */
type Path = readonly (string | number)[]

/**
 * The phases that train this network by a regime, in order. Equal trainings come out as equal data whichever regime they belong
 * to, so that runs can share them: `trains` names exactly the groups that the loss reaches, in the network's order. `path`: of the
 * regime in its file. @throws ExitlabError `invalid-experiment` where the regime does not fit the network.
 */
export function unfold({ name, phases }: WrittenRegime, network: RegimeNetwork, path: Path): UnfoldedPhase[] {
  if (network.exits.length < 2 && phases.some(({ trains }) => trains !== 'backbone'))
    throw settingRefused(['network', 'exits'], needsExit({ name }))
  const unfolded: UnfoldedPhase[] = []
  /** Last of the phases that a written one became. */
  const ends: number[] = []
  for (const [index, written] of phases.entries()) {
    const start = startOf(phases, index)
    for (const [time, exit] of repetitions(written, network).entries()) {
      const place = { network, exit, path: [...path, 'phases', index] }
      const from = time > 0 ? unfolded.length - 1 : start === null ? null : ends[start]!
      unfolded.push({ phase: phaseOf(written, place), written, from })
    }
    ends.push(unfolded.length - 1)
  }
  return unfolded
}

export const needsExit = ({ name }: Pick<WrittenRegime, 'name'>): string =>
  `regime ${name} needs at least one early exit; this network has none`

/** Index of the written phase that another one starts from; null: none. Names have been checked (problems.ts). */
export function startOf(phases: readonly WrittenPhase[], index: number): number | null {
  const { from } = phases[index]!
  if (from === 'fresh') return null
  if (from === undefined) return index === 0 ? null : index - 1
  return phases.slice(0, index).findIndex((earlier) => nameForFrom(earlier) === from)
}

/** The exits for which a phase is repeated; one without an exit where it is not. */
function repetitions({ forEach, order }: WrittenPhase, { exits }: RegimeNetwork): (number | null)[] {
  if (forEach === undefined) return [null]
  const all = exits.slice(0, forEach === 'exit' ? undefined : -1).map(({ exit }) => exit)
  return order === 'back-to-front' ? all.reverse() : all
}

function phaseOf(written: WrittenPhase, place: PhasePlace): PhaseSpec {
  const { network } = place
  const name = nameOfPhase(written, place)
  if (written.trains === 'backbone') {
    const trains = backboneGroups(network)
    const phase = { name, network: 'backbone' as const, trains, lossCycle: [[1]], stopsOn: [0] }
    return withRates(phase, written, place)
  }
  const parts = partsOf(written, place)
  const cycle = cycleOf(written, parts, place)
  const inLoss = [...new Set(cycle.flat())].sort((a, b) => a - b)
  const trains = trainedOf(parts, inLoss, place)
  refuseIdleSteps(cycle, trains, place)
  const phase = {
    name,
    network: 'multi-exit' as const,
    trains,
    lossCycle: cycle.map((exits) => meanOver(exits, network.exits.length)),
    stopsOn: stopsOn(written, { inLoss, trains, place }),
  }
  return withRates(phase, written, place)
}

function partsOf({ trains }: WrittenPhase, { network, exit, path }: PhasePlace): Parts {
  if (trains === 'heads') return { groups: headGroups(network), listed: false }
  if (trains === 'segment') return { groups: segment(network, exit!), listed: false }
  if (typeof trains === 'string') return { groups: network.groups.map(({ name }) => name), listed: false }
  const chosen = new Set(
    trains.flatMap((part, index) => {
      const found = partsNamed(network, part)
      if (found.length === 0) throw settingRefused([...path, 'trains', index], noSuchPart(network, part))
      return found
    }),
  )
  return { groups: network.groups.flatMap(({ name }) => (chosen.has(name) ? [name] : [])), listed: true }
}

/** What an exit reaches without the blocks that the exit before reaches. */
function segment(network: RegimeNetwork, exit: number): string[] {
  const backbone = new Set(backboneGroups(network))
  const before = new Set(exit === 0 ? [] : network.exits[exit - 1]!.reaches)
  return network.exits[exit]!.reaches.filter((group) => !(backbone.has(group) && before.has(group)))
}

/** The parts that the loss depends on. @throws ExitlabError where it depends on none, or not on one that is listed. */
function trainedOf({ groups, listed }: Parts, inLoss: readonly number[], { network, path }: PhasePlace): string[] {
  const reached = new Set(groupsReached(network, inLoss))
  const idle = groups.filter((group) => !reached.has(group))
  const trains = groups.filter((group) => reached.has(group))
  if (trains.length === 0 || (listed && idle.length > 0)) {
    const message = `the loss of the phase (exits ${exitNames(inLoss, network)}) does not depend on ${idle.join(', ')}, so that it trains nothing there; add an exit behind it, or leave it out`
    throw settingRefused([...path, 'trains'], message)
  }
  return trains
}

/** @throws ExitlabError where a step of a cycle would train nothing: it has no gradient. */
function refuseIdleSteps(cycle: readonly number[][], trains: readonly string[], { network, path }: PhasePlace): void {
  const idle = cycle.findIndex((exits) => !groupsReached(network, exits).some((group) => trains.includes(group)))
  if (idle < 0) return
  const message = `the loss of this step (exits ${exitNames(cycle[idle]!, network)}) depends on no part that the phase trains; leave the step out, or add an exit that does`
  throw settingRefused([...path, 'cycle', idle], message)
}

const exitNames = (exits: readonly number[], network: RegimeNetwork): string =>
  exits.map((exit) => (exit === network.exits.length - 1 ? 'final' : exit)).join(', ')
