import { z } from 'zod'
import { algorithms } from './algorithms.ts'
import { precision } from './precision.ts'
import { tasks } from '../methods/task.ts'

const metricNames = Object.keys(tasks.classification.metrics) as (keyof typeof tasks.classification.metrics)[]

/** Optimiser, schedule and early stopping of a phase (method 4; method 8 gives the reasons for the defaults). */
export const trainingSpec = z.strictObject({
  batchSize: z.int().positive().default(128).describe('Mini-batch size: images of one training step.'),
  epochs: z
    .int()
    .positive()
    .default(200)
    .describe('Maximum number of epochs of a phase; early stopping may end it earlier.'),
  optimiser: z.string().default('adamw').describe('Optimiser.'),
  learningRate: z
    .number()
    .positive()
    .default(1e-3)
    .describe('Initial learning rate, and that of each cycle of the schedule.'),
  weightDecay: z
    .number()
    .nonnegative()
    .default(0)
    .describe('Weight decay of trained parameters: decoupled from the gradient in AdamW, a part of it in SGD.'),
  weightDecayExcludes: z
    .array(z.enum(['norms', 'biases']))
    .default([])
    .describe('Parameters without weight decay: scales and offsets of normalisations, biases.'),
  beta1: z.number().min(0).lt(1).default(0.9).describe('AdamW: decay rate of the first moment.'),
  beta2: z.number().min(0).lt(1).default(0.999).describe('AdamW: decay rate of the second moment.'),
  epsilon: z.number().positive().default(1e-8).describe('AdamW: term added to the denominator.'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('SGD: decay rate of the momentum. 0: none is kept.'),
  nesterov: z.boolean().default(false).describe('SGD: Nesterov’s momentum.'),
  schedule: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('constant') }),
      z.strictObject({
        kind: z.literal('cosine-warm-restarts'),
        cycleEpochs: z
          .number()
          .positive()
          .nullable()
          .default(null)
          .describe('Length of the first cycle in epochs. null: the early-stopping patience.'),
        cycleFactor: z
          .int()
          .positive()
          .default(1)
          .describe('Factor by which each cycle is longer than the previous one.'),
        minimumLearningRate: z.number().nonnegative().default(0).describe('Learning rate at the end of a cycle.'),
      }),
      z.strictObject({
        kind: z.literal('linear-warm-up'),
        warmUpFraction: z
          .number()
          .min(0)
          .lt(1)
          .default(0.1)
          .describe('Part of the maximum number of steps in which the learning rate rises; it falls to 0 in the rest.'),
      }),
    ])
    .prefault({ kind: 'cosine-warm-restarts' })
    .describe('Learning-rate schedule of a phase, updated at each step.'),
  clipNorm: z
    .union([z.number().positive(), z.null(), z.literal('auto')])
    .default('auto')
    .describe(
      'Global norm to which larger gradients are clipped. null: no clipping. auto: 1 for transformers, no clipping for convolutional networks.',
    ),
  earlyStopping: z
    .strictObject({
      patience: z
        .int()
        .positive()
        .nullable()
        .default(50)
        .describe(
          'A phase ends after this many epochs in a row in which no trained exit improved its best validation metric. null: no early stopping.',
        ),
      metric: z
        .enum(metricNames)
        .default('accuracy')
        .describe('Validation metric that early stopping monitors. A regression always stops on its loss.'),
      delta: z
        .number()
        .nonnegative()
        .default(0)
        .describe('Minimum change of the metric that counts as an improvement.'),
    })
    .prefault({})
    .describe('Ends a phase before its maximum number of epochs.'),
  keep: z
    .enum(['last-improvement', 'last-epoch'])
    .default('last-improvement')
    .describe(
      'Best checkpoint of a phase, which the next phase and the evaluation use: the last epoch in which an exit improved, or the last epoch.',
    ),
  precision: precision
    .default('float32')
    .describe(
      'Number format of training steps. bfloat16: mixed precision, faster on processors with AMX or AVX512_BF16. Evaluation is always float32.',
    ),
  algorithms: algorithms
    .default('deterministic')
    .describe(
      'Algorithms of training steps on an NVIDIA card. fast: TF32 and sums in any order, whose results cannot be repeated bit by bit. Without effect on the processor.',
    ),
})

export type TrainingSpec = z.infer<typeof trainingSpec>

/** Schema of the training of one phase as far as it differs; a schedule is given whole. */
export function changesOf({ shape }: typeof trainingSpec) {
  return z.strictObject({
    ...withoutDefaults(shape),
    earlyStopping: z
      .strictObject(withoutDefaults(shape.earlyStopping.unwrap().shape))
      .optional()
      .describe('Early stopping of this phase, as far as it differs.'),
  })
}
type TrainingChanges = z.infer<ReturnType<typeof changesOf>>

/** The settings of the whole experiment with what a phase has of its own. */
export function withChanges(training: TrainingSpec, { earlyStopping, ...changes }: TrainingChanges): TrainingSpec {
  return { ...training, ...changes, earlyStopping: { ...training.earlyStopping, ...earlyStopping } }
}

/** Zod fills defaults in behind `optional`, too. */
function withoutDefaults<Shape extends Readonly<Record<string, z.ZodType>>>(shape: Shape): OptionalShape<Shape> {
  const entries = Object.entries(shape).map(([key, schema]) => {
    const { description } = schema
    const inner = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.unwrap() : schema
    const optional = (inner as z.ZodType).optional()
    return [key, description === undefined ? optional : optional.describe(description)]
  })
  return Object.fromEntries(entries) as OptionalShape<Shape>
}

type OptionalShape<Shape> = {
  [Key in keyof Shape]: Shape[Key] extends z.ZodDefault<infer Inner> | z.ZodPrefault<infer Inner>
    ? z.ZodOptional<Inner>
    : Shape[Key] extends z.ZodType
      ? z.ZodOptional<Shape[Key]>
      : never
}
