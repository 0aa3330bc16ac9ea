import { z } from 'zod'
import { datasets } from '../main/datasets/index.ts'
import { familyOf, networkChoice } from '../main/engine/networks/families.ts'
import type { Augmentation, DataSpec } from './data.ts'
import { augmentations, dataSpec } from './data.ts'
import { objectiveChoice } from './objective.ts'
import { regimeNames } from './regime-names.ts'
import type { SweptSettings } from './series.ts'
import { sweptSettings, withSettings } from './sweep.ts'
import { trainingSpec } from './training.ts'

/** Bytes of an experiment's text. None needs more; what is larger is something else. */
export const largestSource = 256 * 1024

/** A value of any setting. Which ones a setting takes is checked against the setting. */
const sweptValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.number()),
  z.record(z.string(), z.number()),
])

/** Keys and values of an experiment as its author writes it. Everything but the first four entries has a default. */
export const experimentEntries = z.strictObject({
  name: z.string().min(1).max(120).describe('What the experiment is called in lists, tables and figures.'),
  data: dataSpec
    .extend({
      path: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Folder or archive the data is read from, relative to the experiment file. Default: where set-up put it.',
        ),
      augmentation: z
        .enum(['auto', ...augmentations])
        .default('auto')
        .describe(
          'crop-flip: random crop after padding, and horizontal flip. trivial-augment: TrivialAugmentWide, then random erasing. auto: crop-flip for convolutional networks, trivial-augment for transformers; none for mnist, whose digits mean something else turned or mirrored.',
        ),
    })
    .describe('The images and how they are split and augmented.'),
  network: networkChoice,
  regimes: z
    .array(z.enum(regimeNames))
    .min(1)
    .describe('Training regimes to compare. Phases that two regimes share are trained once.'),
  seeds: z
    .array(z.int().nonnegative())
    .min(1)
    .default([1])
    .describe('Every regime is trained once with each seed, which sets weights, order of data and augmentation.'),
  sweep: z
    .record(z.string(), z.array(sweptValue).min(1))
    .optional()
    .describe(
      'Settings with several values each, by their paths: network.head: [pooled, conv]. Every combination of them is trained by every regime, a series each.',
    ),
  objective: objectiveChoice
    .optional()
    .describe('The loss that every phase minimises. Default: the mean of the exits’ losses.'),
  training: trainingSpec.prefault({}).describe('How every phase is optimised, scheduled and stopped.'),
  probes: z
    .strictObject({
      gradientDominance: z
        .union([z.int().min(0).max(1000), z.literal('auto')])
        .default('auto')
        .describe(
          'Batches of an epoch, evenly spaced, at which the gradients of the exits are compared (gradient dominance). auto: 8, but no more than one batch in 40, and at least one. 0: none.',
        ),
    })
    .prefault({})
    .describe(
      'What is measured while a phase trains. It costs a little time and changes nothing of what is trained, so it is no part of what an experiment is known by.',
    ),
})

/** An experiment, with what its author left to Exitlab decided: what is stored, compared and hashed says what was done. */
export const experimentFile = experimentEntries.transform(({ data, objective, ...file }) => ({
  ...file,
  ...(objective && { objective }),
  data: {
    ...data,
    augmentation: data.augmentation === 'auto' ? usualAugmentation(data, file.network) : data.augmentation,
  },
}))

/** The experiment of each choice of the settings that are swept, which sweeps nothing itself; the file as it is where it sweeps nothing. */
export function seriesFiles(file: ExperimentFile): { settings: SweptSettings; file: ExperimentFile }[] {
  return sweptSettings(file.sweep).map((settings) => ({ settings, file: fileOfSeries(file, settings) }))
}

/** The experiment under one choice of the settings that it sweeps. */
export function fileOfSeries({ sweep, ...file }: ExperimentFile, settings: SweptSettings): ExperimentFile {
  return sweep === undefined ? file : experimentFile.parse(withSettings(file, settings))
}

/** method 5.2 */
function usualAugmentation({ source }: Pick<DataSpec, 'source'>, network: { family: string }): Augmentation {
  return datasets.get(source).augmentation ?? familyOf(network).usual.augmentation
}

export type ExperimentFile = z.infer<typeof experimentFile>
