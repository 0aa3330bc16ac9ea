import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import type { Objective } from '../../../shared/methods/objective.ts'
import { type TrainingSpec, withChanges } from '../../../shared/experiment/training.ts'
import type { RegimeChoice, WrittenPhase } from '../../../shared/phases/written-phase.ts'
import { weightings } from '../../../engine/objectives/index.ts'
import type { Rung } from './rungs.ts'

const parametersPath = 'objective.parameters.'

/** Settings that are lengths in epochs: the rungs of a search set them. */
export const lengthSettings = (): string[] => [
  'training.epochs',
  'training.totalEpochs',
  'training.schedule.cycleEpochs',
  'training.earlyStopping.patience',
  ...weightings.names().flatMap(lengthsOf),
]

/** The parameters of a weighting that are lengths, by their paths. */
export const lengthsOf = (weighting: string): string[] =>
  (weightings.get(weighting).lengths ?? []).map((key) => `${parametersPath}${key}`)

const mostName = 120

/**
 * The experiment of a rung: the file with shorter trainings and its first seeds. Schedules are those of a training of that length,
 * so what they count in epochs is divided, too; the patience of early stopping is not, as it is about the noise from epoch to
 * epoch. The last rung is the experiment itself.
 */
export function rungFile(file: ExperimentFile, { divisor, seeds }: Rung, rung: number): ExperimentFile {
  if (divisor === 1) return file
  const { training, objective } = file
  const suffix = `-rung-${rung + 1}`
  return {
    ...file,
    name: `${file.name.slice(0, mostName - suffix.length)}${suffix}`,
    seeds: file.seeds.slice(0, seeds),
    training: {
      ...training,
      epochs: shorter(training.epochs, divisor),
      // Rounded up: the phase with the smallest share has an epoch as well.
      ...(training.totalEpochs !== undefined && { totalEpochs: Math.ceil(training.totalEpochs / divisor) }),
      schedule: shorterSchedule(training, divisor),
    },
    regimes: file.regimes.map((regime) => shorterRegime(regime, training, divisor)),
    ...(objective && { objective: shorterObjective(objective, divisor) }),
    ...(file.sweep && { sweep: withShorterWeightings(file.sweep, divisor) }),
  }
}

const shorter = (epochs: number, divisor: number): number => Math.max(1, Math.round(epochs / divisor))

function shorterSchedule({ schedule, earlyStopping }: TrainingSpec, divisor: number): TrainingSpec['schedule'] {
  if (schedule.kind !== 'cosine-warm-restarts') return schedule
  const cycle = schedule.cycleEpochs ?? earlyStopping.patience
  return cycle === null ? schedule : { ...schedule, cycleEpochs: cycle / divisor }
}

function shorterRegime(regime: RegimeChoice, training: TrainingSpec, divisor: number): RegimeChoice {
  if (typeof regime === 'string') return regime
  return { ...regime, phases: regime.phases.map((phase) => shorterPhase(phase, training, divisor)) }
}

function shorterPhase(phase: WrittenPhase, training: TrainingSpec, divisor: number): WrittenPhase {
  const { training: own, objective } = phase
  const hasSchedule = own?.schedule !== undefined || own?.earlyStopping !== undefined
  return {
    ...phase,
    ...(own && {
      training: {
        ...own,
        ...(own.epochs !== undefined && { epochs: shorter(own.epochs, divisor) }),
        ...(hasSchedule && { schedule: shorterSchedule(withChanges(training, own), divisor) }),
      },
    }),
    ...(objective && { objective: shorterObjective(objective, divisor) }),
  }
}

function shorterObjective(objective: Objective, divisor: number): Objective {
  const { weighting, parameters } = objective
  if (parameters === undefined) return objective
  return { ...objective, parameters: { ...parameters, ...shorterLengths(weighting, parameters, divisor) } }
}

function shorterLengths(weighting: string, parameters: Record<string, number>, divisor: number) {
  const { lengths = [] } = weightings.get(weighting)
  return Object.fromEntries(lengths.map((key) => [key, shorter(parameters[key]!, divisor)]))
}

/** Where weightings are swept they have their defaults, whose lengths become settings of their series. */
function withShorterWeightings(sweep: NonNullable<ExperimentFile['sweep']>, divisor: number): ExperimentFile['sweep'] {
  const swept = (sweep['objective.weighting'] ?? []) as string[]
  const settings = swept.flatMap((weighting) =>
    Object.entries(shorterLengths(weighting, weightings.get(weighting).parameters.parse({}), divisor)),
  )
  return { ...sweep, ...Object.fromEntries(settings.map(([key, length]) => [`${parametersPath}${key}`, [length]])) }
}
