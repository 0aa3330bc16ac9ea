import { z } from 'zod'

/** How every phase of an experiment is optimised, scheduled and stopped (spec 4; defaults are spec 9's choices). */
export const trainingSpec = z.strictObject({
  batchSize: z.int().positive().default(128),
  /** Epoch cap of each phase. */
  epochs: z.int().positive().default(200),
  learningRate: z.number().positive().default(1e-3),
  weightDecay: z.number().nonnegative().default(0),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().positive().default(1e-8),
  schedule: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('constant') }),
      z.strictObject({
        kind: z.literal('cosine-warm-restarts'),
        /** Length of the first cycle in epochs; null: the early-stopping patience. Stepped per batch. */
        cycleEpochs: z.number().positive().nullable().default(null),
        cycleFactor: z.int().positive().default(1),
        minimumLearningRate: z.number().nonnegative().default(0),
      }),
    ])
    .prefault({ kind: 'cosine-warm-restarts' }),
  /** Global norm above which gradients are scaled down; null: never; `auto`: 1 for transformers, never for convolutional networks. */
  clipNorm: z.union([z.number().positive(), z.null(), z.literal('auto')]).default('auto'),
  earlyStopping: z
    .strictObject({
      /** A phase ends after this many epochs in which no exit it trains improved its best score. null: the epoch cap alone ends it. */
      patience: z.int().positive().nullable().default(50),
      metric: z.enum(['accuracy', 'loss']).default('accuracy'),
      /** By how much a score must improve to count. */
      delta: z.number().nonnegative().default(0),
    })
    .prefault({}),
  /** Which weights a phase hands on: the last epoch at which an exit improved (spec 3.3), or those of the last epoch. */
  keep: z.enum(['last-improvement', 'last-epoch']).default('last-improvement'),
})

export type TrainingSpec = z.infer<typeof trainingSpec>
