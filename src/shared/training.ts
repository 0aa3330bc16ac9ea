import { z } from 'zod'
import { classificationMetrics } from './metric.ts'

const metricNames = Object.keys(classificationMetrics) as (keyof typeof classificationMetrics)[]

/** How every phase of an experiment is optimised, scheduled and stopped (method 4; method 8 has the reasons for the defaults). */
export const trainingSpec = z.strictObject({
  batchSize: z.int().positive().default(128).describe('Images a training step.'),
  epochs: z.int().positive().default(200).describe('Epoch cap of each phase; early stopping may end it sooner.'),
  learningRate: z.number().positive().default(1e-3).describe('Learning rate of AdamW at the start of each cycle.'),
  weightDecay: z.number().nonnegative().default(0).describe('Decoupled weight decay, on all trained parameters.'),
  beta1: z.number().min(0).lt(1).default(0.9).describe('Decay of the first moment of AdamW.'),
  beta2: z.number().min(0).lt(1).default(0.999).describe('Decay of the second moment of AdamW.'),
  epsilon: z.number().positive().default(1e-8).describe('Added to the denominator of AdamW.'),
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
        cycleFactor: z.int().positive().default(1).describe('By how much each cycle is longer than the one before.'),
        minimumLearningRate: z.number().nonnegative().default(0).describe('Learning rate at the end of a cycle.'),
      }),
    ])
    .prefault({ kind: 'cosine-warm-restarts' })
    .describe('How the learning rate moves within a phase. Cosine annealing is stepped each batch.'),
  clipNorm: z
    .union([z.number().positive(), z.null(), z.literal('auto')])
    .default('auto')
    .describe(
      'Global norm above which gradients are scaled down. null: never. auto: 1 for transformers, never for convolutional networks.',
    ),
  earlyStopping: z
    .strictObject({
      patience: z
        .int()
        .positive()
        .nullable()
        .default(50)
        .describe(
          'A phase ends after this many epochs in which no exit it trains improved its best validation score. null: only the epoch cap ends it.',
        ),
      metric: z.enum(metricNames).default('accuracy').describe('The validation score.'),
      delta: z.number().nonnegative().default(0).describe('By how much a score must improve to count.'),
    })
    .prefault({})
    .describe('When a phase ends before its epoch cap.'),
  keep: z
    .enum(['last-improvement', 'last-epoch'])
    .default('last-improvement')
    .describe('Weights that a phase hands on: of the last epoch at which an exit improved, or of its last epoch.'),
})

export type TrainingSpec = z.infer<typeof trainingSpec>
