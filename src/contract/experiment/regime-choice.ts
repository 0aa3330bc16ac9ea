import { z } from 'zod'
import { regimes, withPhases } from '../../engine/regimes/index.ts'
import {
  type RegimeChoice,
  type WrittenPhase,
  type WrittenRegime,
  writtenPhaseKeys,
} from '../../shared/phases/written-phase.ts'
import { changesOf } from '../../shared/experiment/training.ts'
import { phaseObjective } from './objective.ts'
import { knownTraining } from './training.ts'

const writtenPhase = z.strictObject({
  ...writtenPhaseKeys,
  training: changesOf(knownTraining)
    .optional()
    .describe('Training of this phase alone; what it leaves out is as in the experiment.'),
  objective: phaseObjective.optional().describe('Objective of this phase alone, in the place of the experiment’s.'),
})

/** Phases as their author writes them, what is left out of objectives, schedules and mixing filled in. */
export const writtenPhases: z.ZodType<WrittenPhase[]> = z.array(writtenPhase).min(1).max(100)

/** A regime of `regimes`: by its name, or of the file's own. */
export const regimeChoice: z.ZodType<RegimeChoice, unknown> = z.union([
  regimes.name,
  z.strictObject({
    name: z.string().min(1).max(60).describe('Name of the regime in lists, tables and figures.'),
    phases: writtenPhases.describe('Its phases, in order.'),
  }),
])

/** The regime of this name among those that an experiment trains. */
export const chosenRegime = (choices: readonly RegimeChoice[], name: string): RegimeChoice =>
  choices.find((each) => typeof each !== 'string' && each.name === name) ?? name

/** A regime with its phases; extensions write theirs as experiment files do, which leaves out what has a default. */
export function writtenRegime(choice: RegimeChoice): WrittenRegime {
  const { name, phases } = withPhases(choice)
  return { name, phases: typeof choice === 'string' ? writtenPhases.parse(phases) : phases }
}
