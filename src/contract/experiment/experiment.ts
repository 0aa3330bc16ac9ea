import { z } from 'zod'
import { datasets } from '../../datasets/index.ts'
import { familyOf, networkChoice } from '../../engine/networks/families.ts'
import type { Augmentation } from '../../shared/data/augmentations.ts'
import type { DataSpec } from '../../shared/data/data.ts'
import { augmentations } from '../../shared/data/augmentations.ts'
import { knownData } from './data.ts'
import { dominanceBatches } from '../../shared/evaluation/dominance.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { objectiveChoice } from './objective.ts'
import { regimeChoice } from './regime-choice.ts'
import type { SweptSettings } from '../../shared/experiment/series.ts'
import { parseStored } from './stored-methods.ts'
import { sweptSettings, withSettings } from '../../shared/experiment/sweep.ts'
import { knownTraining } from './training.ts'

/** Maximum size of an experiment file in bytes; a larger file is not an experiment file. */
export const largestSource = 256 * 1024

/** A value of any setting; the schema of the setting checks it afterwards. */
const sweptValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.number()),
  z.record(z.string(), z.number()),
])

/** Keys and values of an experiment file. All keys are optional except `name`, `data`, `network` and `regimes`. */
export const experimentEntries = z.strictObject({
  name: z.string().min(1).max(120).describe('Name of the experiment in lists, tables and figures.'),
  extensions: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'Files with methods of your own that the experiment uses, relative to the experiment file (docs/extensions.md). Each is run only where you name or trust it.',
    ),
  data: knownData
    .extend({
      path: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Folder or archive of the data set, relative to the experiment file. Default: the folder that Settings name, else that of the source’s name below EXITLAB_DATASETS, or below datasets/ of the cache folder.',
        ),
      tokenizer: z
        .string()
        .min(1)
        .optional()
        .describe(
          'For texts: the tokenizer.json of a model or its folder, relative to the experiment file, or all-minilm-l6-v2, the model that set-up installs. Default: the tokenizer.json beside initial.weights.',
        ),
      augmentation: z
        .enum(['auto', ...augmentations])
        .default('auto')
        .describe(
          'crop-flip: random crop after padding, and horizontal flip. trivial-augment: TrivialAugmentWide, then random erasing. trivial-augment-crop: the same with a random crop after padding. resized-crop-flip, resized-crop-trivial-augment: a random part of the image as its file has it, scaled, then the rest. auto: crop-flip for convolutional networks, trivial-augment for transformers (trivial-augment-crop with tiny-imagenet); with imagenette and imagenet their resized-crop forms; none for mnist, whose digits may not be mirrored or rotated, and for texts.',
        ),
    })
    .describe('The data set, its splits and augmentation.'),
  network: networkChoice,
  regimes: z
    .array(regimeChoice)
    .min(1)
    .describe(
      'Training regimes to compare: names, or regimes of your own, { name, phases }. Phases that regimes share are trained once.',
    ),
  seeds: z
    .array(z.int().nonnegative())
    .min(1)
    .default([1])
    .describe(
      'Random seeds. Every regime is trained once with each seed, which determines initial weights, batches, augmentation and dropout.',
    ),
  sweep: z
    .record(z.string(), z.array(sweptValue).min(1))
    .optional()
    .describe(
      'Settings with several values each, as path and list of values: network.head: [pooled, conv]. Every combination is trained with every regime; each is a series.',
    ),
  objective: objectiveChoice
    .prefault({ weighting: 'uniform' })
    .describe('Weighting of the exits’ losses, and combination of their gradients. Default: the mean of the losses.'),
  initial: z
    .strictObject({
      weights: z
        .string()
        .min(1)
        .describe(
          'File of weights, relative to the experiment file: safetensors, or what torch.save wrote (.pth, .pt, .bin). The folder of a model does as well. Names of torchvision, Hugging Face’s BERT and exported runs are known.',
        ),
    })
    .optional()
    .describe('What the first phase of every regime starts from. Default: initial values that follow from the seed.'),
  training: knownTraining
    .extend({
      totalEpochs: z
        .int()
        .positive()
        .optional()
        .describe(
          'Instead of epochs: the maximum number of epochs of all phases of a regime together, shared equally among them, or by their `share`.',
        ),
    })
    .prefault({})
    .describe('Optimiser, learning-rate schedule and early stopping of every phase.'),
  probes: z
    .strictObject({
      gradientDominance: dominanceBatches
        .default('auto')
        .describe(
          'Number of evenly spaced batches of an epoch at which gradient dominance is measured. auto: 8, but at most one batch in 40 and at least one. 0: none.',
        ),
    })
    .prefault({})
    .describe(
      'Measurements during training. They do not change the trained weights and are not part of the experiment’s identity.',
    ),
})

/** An experiment with all defaults resolved, as it is stored, compared and hashed. */
export const experimentFile = experimentEntries.transform(({ data, objective, initial, ...file }) => ({
  ...file,
  ...(objective && { objective }),
  ...(initial && { initial }),
  data: {
    ...data,
    ...defaultLength(data),
    augmentation: data.augmentation === 'auto' ? defaultAugmentation(data, file.network) : data.augmentation,
  },
}))

/** One experiment without a sweep for each combination of swept values; the experiment itself if it has no sweep. */
export function seriesFiles(file: ExperimentFile): { settings: SweptSettings; file: ExperimentFile }[] {
  return sweptSettings(file.sweep).map((settings) => ({ settings, file: fileOfSeries(file, settings) }))
}

/** The experiment with one combination of its swept values, without the sweep. */
export function fileOfSeries({ sweep, ...file }: ExperimentFile, settings: SweptSettings): ExperimentFile {
  if (sweep === undefined) return file
  const { value, problem } = parseStored(experimentFile, withSettings(file, settings))
  if (problem === null) return value
  throw new ExitlabError('invalid-experiment', `The settings of a series make no valid experiment (${problem}).`)
}

/** method 5.2 */
function defaultAugmentation({ source }: Pick<DataSpec, 'source'>, network: { family: string }): Augmentation {
  const dataset = datasets.get(source)
  if (dataset.kind === 'text') return 'none'
  const ofFamily = familyOf(network).defaults.augmentation
  return dataset.augmentation?.(ofFamily) ?? ofFamily
}

function defaultLength({ source, maxLength }: Pick<DataSpec, 'source' | 'maxLength'>): Pick<DataSpec, 'maxLength'> {
  const dataset = datasets.get(source)
  return dataset.kind === 'text' ? { maxLength: maxLength ?? dataset.maxLength } : {}
}

export type ExperimentFile = z.infer<typeof experimentFile>
