import { z } from 'zod'
import { regimes } from '../main/engine/regimes/index.ts'
import { type RegimeChoice, writtenPhaseKeys } from '../shared/written-phase.ts'
import { changesOf } from '../shared/training.ts'
import { phaseObjective } from './objective.ts'
import { knownTraining } from './training.ts'

const writtenPhase = z.strictObject({
  ...writtenPhaseKeys,
  training: changesOf(knownTraining)
    .optional()
    .describe('Training of this phase alone; what it leaves out is as in the experiment.'),
  objective: phaseObjective.optional().describe('Objective of this phase alone, in the place of the experiment’s.'),
})

/** A regime of `regimes`: by its name, or of the file's own. */
export const regimeChoice: z.ZodType<RegimeChoice, unknown> = z.union([
  regimes.name,
  z.strictObject({
    name: z.string().min(1).max(60).describe('Name of the regime in lists, tables and figures.'),
    phases: z.array(writtenPhase).min(1).max(100).describe('Its phases, in order.'),
  }),
])

/** The regime of this name among those that an experiment trains. */
export const chosenRegime = (choices: readonly RegimeChoice[], name: string): RegimeChoice =>
  choices.find((each) => typeof each !== 'string' && each.name === name) ?? name
