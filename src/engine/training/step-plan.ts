import { runningExits, type PhaseSpec } from '../../shared/phases/phase.ts'
import type { ParameterSpec } from '../layers/layer.ts'
import type { Network } from '../networks/network.ts'
import type { SteppedParameter } from '../optimisers/index.ts'
import type { TrainingSpec } from '../../shared/experiment/training.ts'

/** Computation of one entry of a phase's loss cycle. */
export interface StepPlan {
  /** Exits that run, in depth order. */
  exits: readonly number[]
  parameters: readonly SteppedParameter[]
}

/** The parameters that a phase trains, in the network's order, without buffers. */
export function trainedParameters({ parameters }: Network, phase: PhaseSpec): ParameterSpec[] {
  const trains = new Set(phase.trains)
  return parameters.filter(({ group, kind }) => kind === 'parameter' && trains.has(group))
}

/** By a parameter's name: whether its group is trained. */
export function trainingMode({ parameters }: Network, trains: readonly string[]): (parameter: string) => boolean {
  const trained = new Set(trains)
  const groups = new Map(parameters.map(({ name, group }) => [name, group]))
  return (parameter) => trained.has(groups.get(parameter)!)
}

/** The plan of each entry of the loss cycle. Trained parameters that no exit of an entry reaches are not stepped by it. */
export function planSteps(
  network: Network,
  phase: PhaseSpec,
  { weightDecayExcludes }: Pick<TrainingSpec, 'weightDecayExcludes'> = { weightDecayExcludes: [] },
): StepPlan[] {
  const exits = phase.lossCycle.map((_, entry) => runningExits(phase, entry))
  const decays = ({ name, role }: ParameterSpec) =>
    !(weightDecayExcludes.includes('norms') && role === 'norm') &&
    !(weightDecayExcludes.includes('biases') && name.endsWith('.bias'))
  const stepped = trainedParameters(network, phase).map((parameter) => ({
    name: parameter.name,
    cycle: exits.map((entry) => entry.some((exit) => network.exits[exit]!.parameters.has(parameter.name))),
    rate: phase.learningRates?.[parameter.group] ?? 1,
    decays: decays(parameter),
  }))
  return exits.map((entry, index) => ({ exits: entry, parameters: stepped.filter(({ cycle }) => cycle[index]) }))
}

/** Exits that run in at least one entry of the loss cycle, in depth order: the exits that a phase evaluates. */
export function exitsInLoss(phase: PhaseSpec): number[] {
  return [...new Set(phase.lossCycle.flatMap((_, entry) => runningExits(phase, entry)))].sort((a, b) => a - b)
}
