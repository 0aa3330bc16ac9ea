import type { PhaseSpec } from '../../../shared/phase.ts'
import type { Network } from '../networks/network.ts'
import { partOf } from '../networks/parts.ts'
import { partsReached } from '../regimes/scope.ts'

/** A parameter that is stepped. */
export interface SteppedParameter {
  name: string
  /** In which entries of the loss cycle it is stepped: PyTorch counts AdamW's steps parameter by parameter. */
  cycle: readonly boolean[]
}

/** What one entry of a phase's loss cycle does. */
export interface StepPlan {
  /** That run, in depth order. */
  exits: readonly number[]
  parameters: readonly SteppedParameter[]
}

/** Names of the parameters that a phase trains, in the network's order. Buffers are none. */
export function trainedParameters(network: Network, phase: PhaseSpec): string[] {
  const trains = new Set(phase.trains)
  return network.parameters
    .filter(({ name, kind }) => kind === 'parameter' && trains.has(partOf(name)))
    .map(({ name }) => name)
}

/** The plan of each entry of the loss cycle. Trained parameters that no exit of an entry reaches are not stepped by it. */
export function planSteps(network: Network, phase: PhaseSpec): StepPlan[] {
  const trained = trainedParameters(network, phase)
  const exits = phase.lossCycle.map(runningExits)
  const reached = exits.map((entry) => new Set(partsReached(network, entry)))
  const stepped = trained.map((name) => ({ name, cycle: reached.map((parts) => parts.has(partOf(name))) }))
  return exits.map((entry, index) => ({ exits: entry, parameters: stepped.filter(({ cycle }) => cycle[index]) }))
}

/** Exits that run in some entry of the loss cycle, in depth order: those that a phase evaluates. */
export function exitsOf(phase: PhaseSpec): number[] {
  return [...new Set(phase.lossCycle.flatMap(runningExits))].sort((a, b) => a - b)
}

/** How often a parameter has been stepped after the phase's step `step` (from 0): AdamW's t. */
export function stepsTaken(cycle: readonly boolean[], step: number): number {
  const wholeCycles = Math.floor((step + 1) / cycle.length)
  const inCycle = (entries: readonly boolean[]) => entries.filter(Boolean).length
  return wholeCycles * inCycle(cycle) + inCycle(cycle.slice(0, (step + 1) % cycle.length))
}

function runningExits(weights: readonly number[]): number[] {
  return weights.flatMap((weight, exit) => (weight > 0 ? [exit] : []))
}
