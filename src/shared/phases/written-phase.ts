import { z } from 'zod'
import { augmentations } from '../data/augmentations.ts'
import { mixing } from '../data/data.ts'
import { objective } from '../methods/objective.ts'
import { changesOf, trainingSpec } from '../experiment/training.ts'

/** Exits as a phase names them: a word, or a list of exits counted from 0, the final classifier as `final`. */
const exits = z.union([
  z.enum(['all', 'final', 'this', 'up-to-this', 'from-this']),
  z.array(z.union([z.int().nonnegative(), z.literal('final')])).min(1),
])
export type WrittenExits = z.infer<typeof exits>

const factor = z.number().positive().max(1e6)

/** Keys of a phase as its author writes it. What is left out follows from the network and from the experiment. */
export const writtenPhaseKeys = {
  name: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe('Name in lists, and for `from` of later phases. Default: says what the phase trains.'),
  forEach: z
    .enum(['exit', 'early-exit'])
    .optional()
    .describe(
      'Repeats the phase for each exit, or for each exit but the final one, each time from the weights of the time before; `this` is that exit.',
    ),
  order: z
    .enum(['front-to-back', 'back-to-front'])
    .optional()
    .describe('Order of a repeated phase: from the first exit, or from the last. Default: front-to-back.'),
  trains: z
    .union([z.enum(['all', 'backbone', 'heads', 'segment']), z.array(z.string().min(1)).min(1)])
    .describe(
      'Parts that are trained; all others are frozen. all: everything that the loss depends on. backbone: the bare backbone with its classifier, without heads. heads: all exit heads. segment, of a repeated phase: the head of this exit and the blocks since the exit before. Or a list of parts: stem, blocks, blocks.2, blocks.0-3, heads, heads.1, classifier.',
    ),
  exits: exits
    .optional()
    .describe(
      'Exits in the loss: all, final, or a list such as [0, 2, final]. Of a repeated phase also this, up-to-this or from-this. Default: all; with a list of parts, the exits that depend on them.',
    ),
  cycle: z
    .array(exits)
    .min(1)
    .optional()
    .describe('Instead of exits: the exits in the loss of the first step, of the second, and so on, then again.'),
  stopsOn: exits
    .optional()
    .describe(
      'Exits whose validation metric early stopping monitors. Default: those in the loss that depend on a trained part.',
    ),
  from: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Weights that the phase starts from: the name of an earlier phase, or fresh, what the first phase starts from. Default: the phase before.',
    ),
  training: changesOf(trainingSpec).optional(),
  objective: objective.optional(),
  augmentation: z.enum(augmentations).optional().describe('Augmentation of training images of this phase alone.'),
  mixing: mixing.nullable().optional().describe('Mixup and CutMix of this phase alone. null: off.'),
  learningRates: z
    .record(z.string(), factor)
    .optional()
    .describe(
      'Factors of the learning rate by part, such as { backbone: 0.1, heads: 1 }: backbone, heads, or parts as in trains. A part that several keys name takes the factor of the one that names the fewest parts, in whatever order they are written; one that is not named takes 1.',
    ),
  share: factor
    .optional()
    .describe('Share of training.totalEpochs, relative to those of the other phases. Default: 1.'),
}

/** One phase of a regime as its author writes it, the objective with all parameters. */
export type WrittenPhase = z.infer<z.ZodObject<typeof writtenPhaseKeys>>

/** Name by which later phases may start from a phase. */
export const nameForFrom = ({ name, trains }: WrittenPhase): string | undefined =>
  name ?? (typeof trains === 'string' ? trains : undefined)

/** A regime of an experiment file: its own, with its phases. */
export interface WrittenRegime {
  name: string
  phases: WrittenPhase[]
}

/** A regime by its name, or with its phases. */
export type RegimeChoice = string | WrittenRegime

export const nameOfRegime = (regime: RegimeChoice): string => (typeof regime === 'string' ? regime : regime.name)
