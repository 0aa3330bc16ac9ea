import { z } from 'zod'
import { convolutionalHeads, tokenHeads } from './network.ts'
import { dataSpec } from './data.ts'
import { regimeNames } from './phase.ts'
import { trainingSpec } from './training.ts'

export const resnetVariants = ['resnet18', 'resnet34', 'resnet50', 'resnet101', 'resnet152'] as const
export const vitVariants = ['vit-t-cifar', 'vit-t', 'vit-s', 'vit-b'] as const

/** Where the exits sit: blocks by index, every n-th block, or one of the paper's named placements (spec 6.1). */
export const exitPlacement = z.union([
  z.array(z.int().nonnegative()).min(1),
  z.strictObject({ every: z.int().positive() }),
  z.enum(['all', 'dense-sparse', 'sparse-dense']),
])

/** A residual network: either `variant` (an ImageNet-style depth), or `blockCounts` with `widths`. `resnet20` is `blockCounts: [3, 3, 3]`. */
export const resnetChoice = z.strictObject({
  family: z.literal('resnet'),
  variant: z.enum(resnetVariants).optional(),
  blockCounts: z.array(z.int().positive()).min(1).optional(),
  widths: z.array(z.int().positive()).min(1).optional(),
  block: z.enum(['basic', 'bottleneck']).optional(),
  stem: z.enum(['3x3', '7x7']).optional(),
  exits: exitPlacement.optional(),
  head: z.enum(convolutionalHeads).default('pooled'),
})

/** A vision transformer: a `variant`, any of whose sizes may be overridden. */
export const vitChoice = z.strictObject({
  family: z.literal('vit'),
  variant: z.enum(vitVariants).default('vit-t-cifar'),
  patchSize: z.int().positive().optional(),
  dim: z.int().positive().optional(),
  mlpDim: z.int().positive().optional(),
  depth: z.int().positive().optional(),
  headCount: z.int().positive().optional(),
  dropout: z.number().min(0).lt(1).default(0),
  attentionDropout: z.number().min(0).lt(1).default(0),
  exits: exitPlacement.optional(),
  head: z.enum(tokenHeads).default('1L'),
})

export const networkChoice = z.discriminatedUnion('family', [resnetChoice, vitChoice])

/** An experiment as its author writes it. Everything but the first four entries has a default. */
export const experimentFile = z.strictObject({
  name: z.string().min(1).max(120),
  data: dataSpec.extend({
    /** Folder or archive the data is read from; default: where set-up put it. Relative to the experiment file. */
    path: z.string().optional(),
  }),
  network: networkChoice,
  regimes: z.array(z.enum(regimeNames)).min(1),
  seeds: z.array(z.int().nonnegative()).min(1).default([1]),
  training: trainingSpec.prefault({}),
})

export type ExitPlacement = z.infer<typeof exitPlacement>
export type ResnetChoice = z.infer<typeof resnetChoice>
export type VitChoice = z.infer<typeof vitChoice>
export type NetworkChoice = z.infer<typeof networkChoice>
export type ExperimentFile = z.infer<typeof experimentFile>
